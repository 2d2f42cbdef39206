const JOIN_KEY = 'perch.joinKey';
const JOIN_KEY_HUB = 'perch.joinKeyHub';

/** What the address brought: `#k=KEY` of the QR code, `#c=CODE` of a code in a link, `l` the language chosen on the plain page. */
export interface Fragment {
  /** Without one in the address, the one kept earlier; null when there is none. */
  readonly joinKey: string | null;
  readonly code: string | null;
  readonly language: string | null;
}

/**
 * Reads the fragment, keeps its key and takes it out of the address bar, so that it is in no screenshot, no history and
 * no shared link.
 */
export function takeFragment(page: Pick<Window, 'location' | 'history'>, storage: Storage): Fragment {
  const parts = new URLSearchParams(page.location.hash.slice(1));
  const key = parts.get('k');
  const code = parts.get('c');
  const language = parts.get('l');
  if (key) keepJoinKey(storage, key);
  if (key || code || language) page.history.replaceState(null, '', page.location.pathname + page.location.search);
  return { joinKey: key || storage.getItem(JOIN_KEY), code: code || null, language };
}

/** Of the hub that is in front of the person now. */
export function keepJoinKey(storage: Storage, key: string): void {
  if (storage.getItem(JOIN_KEY) !== key) storage.removeItem(JOIN_KEY_HUB);
  storage.setItem(JOIN_KEY, key);
}

/** The hub that took it; null before one did. */
export const readJoinKeyHub = (storage: Storage): string | null => storage.getItem(JOIN_KEY_HUB);

/** It is said to no other hub from then on. */
export function bindJoinKey(storage: Storage, hubId: string): void {
  if (readJoinKeyHub(storage) === null) storage.setItem(JOIN_KEY_HUB, hubId);
}
