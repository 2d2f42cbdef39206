import { useHotkeys } from '@mantine/hooks';
import { useShareStore } from '../../stores/share-store';
import { useWallStore } from './wall-store';

const NUMBERS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** The number of a tile shows it large, and again brings the others back; so does Escape. */
export function useWallKeys(): void {
  const { focus, toggleMuted } = useWallStore.getState();
  useHotkeys([
    ...NUMBERS.map((number): [string, () => void] => [number, () => focusNumber(Number(number))]),
    ['Escape', () => focus(null)],
    ['m', toggleMuted],
    [
      'r',
      () => {
        const { focusedId, rotate } = useWallStore.getState();
        if (focusedId !== null) rotate(focusedId);
      },
    ],
  ]);
}

function focusNumber(number: number): void {
  const shareId = [...useShareStore.getState().shares.keys()][number - 1];
  const { focusedId, focus } = useWallStore.getState();
  if (shareId !== undefined) focus(shareId === focusedId ? null : shareId);
}
