/** Why a phone sends less often than the operator wants. */
export type Saving = 'none' | 'weak-link' | 'low-battery';

/** What is known of link and battery just now. */
export interface Strain {
  /** 0 to 1; null where the browser does not tell. */
  readonly battery: number | null;
  readonly isCharging: boolean | null;
  readonly isConnected: boolean;
  /** ms; null while not measured. */
  readonly roundTripMs: number | null;
  /** Frames that wait. */
  readonly waiting: number;
}

const LOW_BATTERY = 0.2;
const SLOW_MS = 2_000;
/** Below that a few seconds of dead radio explain it. */
const MANY_WAITING = 60;
/** Looks in a row at which more wait than before. */
const GROWING_LOOKS = 2;
/** Saving sends so much less often, but no slower than this for it. */
const FACTOR = 5;
const SLOWEST_MS = 10_000;

/** Between two frames at the least, ms: never less than the operator wants. */
export const toIntervalMs = (wantedMs: number, saving: Saving): number =>
  saving === 'none' ? wantedMs : Math.max(wantedMs, Math.min(wantedMs * FACTOR, SLOWEST_MS));

/** Looks at link and battery now and then, and says whether to save. */
export class Thrift {
  #waiting = 0;
  #growing = 0;
  #isWeak = false;

  look({ battery, isCharging, isConnected, roundTripMs, waiting }: Strain): Saving {
    // A hub that is away is no weak link: what waits was recorded as the operator wanted it.
    this.#growing = isConnected && waiting > this.#waiting ? this.#growing + 1 : 0;
    this.#waiting = waiting;
    const isSlow = roundTripMs !== null && roundTripMs >= SLOW_MS;
    const isPilingUp = this.#growing >= GROWING_LOOKS && waiting >= MANY_WAITING;
    // Once weak, until it is clearly better: or it would change at every look.
    const isBetter = (roundTripMs ?? SLOW_MS) < SLOW_MS / 2 && waiting < MANY_WAITING / 2;
    if (!isConnected || isBetter) this.#isWeak = false;
    else if (isSlow || isPilingUp) this.#isWeak = true;
    if (battery !== null && battery < LOW_BATTERY && isCharging !== true) return 'low-battery';
    return this.#isWeak ? 'weak-link' : 'none';
  }
}
