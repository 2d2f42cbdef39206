/** Which sentence says what is shared, and whether anybody sees it: a key below `share.live`. */
export function toLiveWord(what: 'screen' | 'camera', isOnline: boolean, watchers: number) {
  if (!isOnline) return `${what}Waiting` as const;
  return watchers > 0 ? (`${what}Watched` as const) : (`${what}Alone` as const);
}
