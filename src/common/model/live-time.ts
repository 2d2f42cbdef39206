/** A device's clock may be this far behind (a queue sent late) or ahead of ours before it is called wrong. */
const MAX_BEHIND_MS = 24 * 3_600_000;
const MAX_AHEAD_MS = 60_000;

/** True when a phone's time can't be meant (docs/wire-protocol.md, section 4): the flag `clock_skew`. */
export function isSkewed(capturedAtMs: number, receivedAtMs: number): boolean {
  return receivedAtMs - capturedAtMs > MAX_BEHIND_MS || capturedAtMs - receivedAtMs > MAX_AHEAD_MS;
}

/**
 * When a frame was true: live values follow the greatest of it. A backfill is true when it was captured, however long ago
 * that is, so that it never drags a marker back.
 */
export function liveTimeOf(frame: {
  readonly capturedAtMs: number | null;
  readonly receivedAtMs: number;
  readonly correctedAtMs: number | null;
  /** Sent late, out of the phone's queue. */
  readonly isBackfill?: boolean;
}): number {
  const { capturedAtMs, receivedAtMs, correctedAtMs, isBackfill = false } = frame;
  if (isBackfill) return Math.min(correctedAtMs ?? capturedAtMs ?? receivedAtMs, receivedAtMs);
  if (correctedAtMs !== null) return correctedAtMs;
  if (capturedAtMs !== null && !isSkewed(capturedAtMs, receivedAtMs)) return capturedAtMs;
  return receivedAtMs;
}
