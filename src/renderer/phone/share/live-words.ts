import type { ShareLink } from '../stores/share-store';

/** Which sentence says what is shared, and whether anybody sees it: a key below `share.live`. */
export function toLiveWord(what: 'screen' | 'camera', link: ShareLink, watchers: number) {
  if (link === 'blocked') return 'blocked' as const;
  if (link !== 'online') return `${what}Waiting` as const;
  return watchers > 0 ? (`${what}Watched` as const) : (`${what}Alone` as const);
}
