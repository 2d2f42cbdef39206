/** What the hub answers about one frame once the outcome is durable. */
export type AppendOutcome =
  | { readonly kind: 'stored'; readonly frameId: number }
  /** `(device, boot, seq)` was there already: acked like a stored one, counted apart. */
  | { readonly kind: 'duplicate' };

/** Whole numbers from and to, both included. */
export type SeqRange = readonly [from: number, to: number];
