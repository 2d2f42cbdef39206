import { useEffect } from 'react';
import { type ShareView, useShareStore } from '../../stores/share-store';
import { shownShares } from './shown-shares';
import { takeSnapshot } from './snapshot/take-snapshot';
import { TILE_KEYS } from './tile-keys';
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
  if (TILE_KEYS.includes(key)) focusTile(TILE_KEYS.indexOf(key));
  else if (key === 'Escape') focus(null);
  else if (key === 'm') toggleMuted();
  else if (key === 's') snapFocused();
  else if (key === 'r' && focusedId !== null) rotate(focusedId);
}

const shown = (): readonly ShareView[] => shownShares(useShareStore.getState().shares, useWallStore.getState().hidden);

/** The one that is shown large, or the only one. */
function snapFocused(): void {
  const shares = shown();
  const { focusedId } = useWallStore.getState();
  const share = shares.length === 1 ? shares[0] : shares.find(({ shareId }) => shareId === focusedId);
  if (share) void takeSnapshot(share);
}

function focusTile(index: number): void {
  const share = shown()[index];
  const { focusedId, focus } = useWallStore.getState();
  if (share) focus(share.shareId === focusedId ? null : share.shareId);
}
