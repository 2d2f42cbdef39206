import { create } from 'zustand';

/** Clockwise, degrees. */
export type Turn = 0 | 90 | 180 | 270;

interface WallState {
  /** The share shown large. */
  readonly focusedId: string | null;
  /** Sound of the focused share; off until the operator wants it. */
  readonly isMuted: boolean;
  readonly turns: ReadonlyMap<string, Turn>;
  /** Shares that fill their tile, cut at the edges, instead of fitting in whole. */
  readonly filled: ReadonlySet<string>;
  /** Shares that the operator does not want to see; they go on, unasked for. */
  readonly hidden: ReadonlySet<string>;
  readonly focus: (shareId: string | null) => void;
  readonly toggleMuted: () => void;
  readonly rotate: (shareId: string) => void;
  readonly toggleFill: (shareId: string) => void;
  readonly hide: (shareId: string) => void;
  /** All that were hidden. */
  readonly unhide: () => void;
}

export const useWallStore = create<WallState>()((set) => ({
  focusedId: null,
  isMuted: true,
  turns: new Map(),
  filled: new Set(),
  hidden: new Set(),
  focus: (focusedId) =>
    set(({ hidden }) => ({
      focusedId,
      // Whoever is to be seen large is to be seen.
      ...(focusedId !== null && hidden.has(focusedId) ? { hidden: without(hidden, focusedId) } : {}),
    })),
  toggleMuted: () => set(({ isMuted }) => ({ isMuted: !isMuted })),
  rotate: (shareId) => set(({ turns }) => ({ turns: new Map(turns).set(shareId, nextTurn(turns.get(shareId) ?? 0)) })),
  toggleFill: (shareId) =>
    set(({ filled }) => ({
      filled: filled.has(shareId) ? without(filled, shareId) : new Set([...filled, shareId]),
    })),
  hide: (shareId) =>
    set(({ hidden, focusedId }) => ({
      hidden: new Set([...hidden, shareId]),
      focusedId: focusedId === shareId ? null : focusedId,
    })),
  unhide: () => set({ hidden: new Set() }),
}));

function nextTurn(turn: Turn): Turn {
  const next: Record<Turn, Turn> = { 0: 90, 90: 180, 180: 270, 270: 0 };
  return next[turn];
}

const without = (ids: ReadonlySet<string>, gone: string): ReadonlySet<string> =>
  new Set([...ids].filter((id) => id !== gone));
