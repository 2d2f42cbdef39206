/** A recording as it came, and the file that plays and seeks. */
export interface FinishJob {
  readonly from: string;
  readonly to: string;
}

/** What the worker says, once. */
export type FinishReport =
  | { readonly kind: 'finished'; readonly durationMs: number }
  | { readonly kind: 'failed'; readonly reason: string };
