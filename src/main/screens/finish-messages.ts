/** A recording as it came, and the file that plays and seeks. */
export interface FinishJob {
  readonly from: string;
  /** On its way: whoever finds it later finds a copy that was never whole. */
  readonly half: string;
  readonly to: string;
}

/** What the worker says, once. */
export type FinishReport =
  | { readonly kind: 'finished'; readonly durationMs: number }
  /** What came is no video. */
  | { readonly kind: 'nothing' }
  /** The disk, or we: what came may play all the same. */
  | { readonly kind: 'failed'; readonly reason: string };
