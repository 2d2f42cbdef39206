import type { ShareView } from '../../stores/share-store';

/** The shares that have a tile, in the order of their coming. */
export function shownShares(shares: ReadonlyMap<string, ShareView>, hidden: ReadonlySet<string>): readonly ShareView[] {
  return [...shares.values()].filter(({ shareId }) => !hidden.has(shareId));
}
