const JOIN_KEY = 'perch.joinKey';

/**
 * Reads the key of the QR from the fragment (`#k=KEY`), keeps it and takes it out of the address bar, so that it is in
 * no screenshot, no history and no shared link. Without a fragment, the one kept earlier; null when there is none.
 */
export function takeJoinKey(page: Pick<Window, 'location' | 'history'>, storage: Storage): string | null {
  const key = new URLSearchParams(page.location.hash.slice(1)).get('k');
  if (!key) return storage.getItem(JOIN_KEY);
  storage.setItem(JOIN_KEY, key);
  page.history.replaceState(null, '', page.location.pathname + page.location.search);
  return key;
}
