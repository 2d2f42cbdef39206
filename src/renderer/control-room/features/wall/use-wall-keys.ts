import { useEffect } from 'react';
import { useShareStore } from '../../stores/share-store';
import { takeSnapshot } from './snapshot/take-snapshot';
import { useWallStore } from './wall-store';

/** Where keys are text. The switch of the view is an input as well, and keeps the focus: its radios take no digits. */
const TEXT_FIELDS =
  'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable], [role="dialog"] *';

/** The number of a tile shows it large, and again brings the others back; so does Escape. S takes a snapshot of it. */
export function useWallKeys(): void {
  useEffect(() => {
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}

function press({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): void {
  if (ctrlKey || metaKey || altKey || (target instanceof Element && target.matches(TEXT_FIELDS))) return;
  const { focusedId, focus, rotate, toggleMuted } = useWallStore.getState();
  if (/^[1-9]$/.test(key)) focusNumber(Number(key));
  else if (key === 'Escape') focus(null);
  else if (key === 'm') toggleMuted();
  else if (key === 's') snapFocused();
  else if (key === 'r' && focusedId !== null) rotate(focusedId);
}

/** The one that is shown large, or the only one. */
function snapFocused(): void {
  const { shares } = useShareStore.getState();
  const { focusedId } = useWallStore.getState();
  const [first] = shares.values();
  const share = shares.size === 1 ? first : shares.get(focusedId ?? '');
  if (share) void takeSnapshot(share);
}

function focusNumber(number: number): void {
  const shareId = [...useShareStore.getState().shares.keys()][number - 1];
  const { focusedId, focus } = useWallStore.getState();
  if (shareId !== undefined) focus(shareId === focusedId ? null : shareId);
}
