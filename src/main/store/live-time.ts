/** A phone's clock is believed from 24 h before to 60 s after the hub's (docs/wire-protocol.md, section 4). */
const BEHIND_MS = 24 * 60 * 60 * 1000;
const AHEAD_MS = 60 * 1000;

/** When the values of a frame were true, ms since the epoch, by the live rule. */
export function liveAtMs(capturedAtMs: number | null, receivedAtMs: number, correctedAtMs: number | null): number {
  if (correctedAtMs !== null) return correctedAtMs;
  if (capturedAtMs === null) return receivedAtMs;
  const isBelieved = capturedAtMs >= receivedAtMs - BEHIND_MS && capturedAtMs <= receivedAtMs + AHEAD_MS;
  return isBelieved ? capturedAtMs : receivedAtMs;
}
