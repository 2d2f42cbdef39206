const STORAGE_NAME = 'perch-key';

/** Where the key is kept: for this tab only, so that a reload works and closing the tab signs out. */
export interface KeyStorage {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
}

/**
 * Reads the key from a fragment such as `#k=KEY`.
 * @returns null when there is none.
 */
export function readKeyFromFragment(fragment: string): string | null {
  const key = new URLSearchParams(fragment.replace(/^#/, '')).get('k');
  return key === null || key === '' ? null : key;
}

/**
 * The key of this tab: from the fragment (which is then removed from the address bar: it must not be seen over a
 * shoulder or bookmarked), else the one kept from before.
 */
export function takeAdminKey(location: Location, history: History, storage: KeyStorage): string | null {
  const fresh = readKeyFromFragment(location.hash);
  if (fresh === null) return storage.getItem(STORAGE_NAME);
  storage.setItem(STORAGE_NAME, fresh);
  history.replaceState(null, '', location.pathname + location.search);
  return fresh;
}

export function keepAdminKey(storage: KeyStorage, key: string): void {
  storage.setItem(STORAGE_NAME, key);
}
