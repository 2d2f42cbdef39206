import { distanceM } from './distance';
import type { Fix } from './fix';
import { POOR_ACCURACY_M } from './fix-history';

/** GNSS speed of a phone at rest is noise of up to 0.3 m/s; the slowest search walks faster. */
const STILL_SPEED_MPS = 0.3;

/** After a gap as long as this it may have been elsewhere. */
const FORGET_AFTER_MS = 60_000;

/** Tells a position that wanders in its own accuracy circle from one that moves. */
export class StaticDrift {
  /** Where it came to rest; null while it moves. */
  #rest: Fix | null = null;
  #lastMs = Number.NEGATIVE_INFINITY;

  /** `isStill`: what the motion sensor says, for fixes without a speed. */
  isDrift(fix: Fix, isStill: boolean): boolean {
    // A backfill goes back in time and then on: it is judged by itself, and what comes live after it anew.
    const goesOn = fix.atMs >= this.#lastMs && fix.atMs - this.#lastMs <= FORGET_AFTER_MS;
    const rest = goesOn ? this.#rest : null;
    this.#lastMs = fix.atMs;
    const isAtRest = fix.speedMps === null ? isStill : fix.speedMps <= STILL_SPEED_MPS;
    if (isAtRest && rest) {
      const metres = distanceM(rest, fix);
      const circle = Math.min(POOR_ACCURACY_M, Math.max(rest.accuracyM ?? 0, fix.accuracyM ?? 0));
      if (metres <= circle) {
        this.#rest = rest;
        return metres > 0;
      }
    }
    this.#rest = isAtRest ? fix : null;
    return false;
  }
}
