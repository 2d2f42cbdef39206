/** Elements that had the focus, looked back at; a dialog on a dialog is the deepest that there is. */
const REMEMBERED = 16;

/**
 * Gives the focus back when a dialog goes away with it: to what was focused last and is still there. A library can not
 * where a dialog was opened from a menu, whose entry is gone by then. Returns what ends it.
 */
export function keepFocus(): () => void {
  const focused: HTMLElement[] = [];
  const remember = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement) || target.closest('[role="menu"]')) return;
    focused.push(target);
    if (focused.length > REMEMBERED) focused.shift();
  };
  const restore = (): void => {
    const last = focused.at(-1);
    // Whoever clicked beside everything has no focus, and wants none.
    if (!last || last.isConnected || document.activeElement !== document.body) return;
    while (focused.at(-1)?.checkVisibility() === false) focused.pop();
    focused.at(-1)?.focus();
  };
  const observer = new MutationObserver(restore);
  observer.observe(document.body, { childList: true, subtree: true });
  document.addEventListener('focusin', remember);
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', remember);
  };
}
