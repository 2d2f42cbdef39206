/** What the hub answers about one frame once the outcome is durable. */
export type AppendOutcome =
  | { readonly kind: 'stored'; readonly frameId: number }
  /** `(device, boot, seq)` was there already: acked like a stored one, counted apart. */
  | { readonly kind: 'duplicate' };

/** Whole numbers from and to, both included. */
export type SeqRange = readonly [from: number, to: number];

/** Whoever waits for a frame to be stored. Told once: a promise for each frame would cost as much as its ack. */
export interface Receipt {
  /** It is durable, or was before. */
  readonly stored: (outcome: AppendOutcome) => void;
  /** Nothing of it is stored. */
  readonly failed: (error: unknown) => void;
}

/** For whoever waits for single frames. Rejects with what {@link Receipt.failed} is told. */
export function appended<Frame>(
  log: { append(frame: Frame, receipt: Receipt): void },
  frame: Frame,
): Promise<AppendOutcome> {
  return new Promise((stored, failed) => log.append(frame, { stored, failed }));
}
