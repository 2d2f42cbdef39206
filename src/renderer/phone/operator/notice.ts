/** Something the operator wants of the person; it stays on the screen until it is answered. */
export type Notice =
  | { readonly kind: 'message'; readonly id: string; readonly text: string }
  | { readonly kind: 'check-in'; readonly id: string }
  | { readonly kind: 'photo'; readonly id: string }
  | { readonly kind: 'share'; readonly id: string };

/** More than this at once is noise: the oldest go. */
const LIMIT = 8;

/** Newest first. One that is there already (the hub sends it again after a reconnect) changes nothing. */
export function withNotice(notices: readonly Notice[], notice: Notice): readonly Notice[] {
  if (notices.some(({ id }) => id === notice.id)) return notices;
  // A second check-in while the first is open asks the same: only the newest can be meant.
  const others = notice.kind === 'message' ? notices : notices.filter(({ kind }) => kind !== notice.kind);
  return [notice, ...others].slice(0, LIMIT);
}

export const withoutNotice = (notices: readonly Notice[], id: string): readonly Notice[] =>
  notices.filter((notice) => notice.id !== id);
