import type { PhoneClock } from '../../common/model/live-device';
import type { ClockSample } from '../ingest';

/** The clock filter of RFC 5905, section 10, keeps as many. */
const KEPT = 8;
/** Crystals of phones are off by up to 50 ppm, so a bound moves by 30 ms in this long, ms. */
const MAX_AGE_MS = 10 * 60_000;
/** Bounds that miss each other by less than this, ms, do not contradict: drift, and clocks of whole milliseconds. */
const TOLERANCE_MS = 50;
/** Time stamps have whole milliseconds. */
const LEAST_UNCERTAINTY_MS = 1;

interface Kept extends ClockSample {
  readonly atMs: number;
}

/**
 * The offset of one phone's clock, between the bounds that each exchange sets. A message takes no negative time: the
 * phone's stamp at sending less ours at receipt is a lower bound, its stamp at receipt less ours at sending an upper
 * one. The tightest of the last few bounds are those of the least delay (the minimum-delay filter of RFC 5905).
 */
export class ClockFilter {
  #kept: readonly Kept[] = [];
  /** Contradicts what is kept, but may only have been slow: the next one tells. */
  #doubted: Kept | null = null;

  /** @param nowMs hub clock. */
  add(sample: ClockSample, nowMs: number): void {
    if (sample.lowerMs > sample.upperMs) return;
    const next: Kept = { ...sample, atMs: nowMs };
    const kept = this.#kept.filter(({ atMs }) => nowMs - atMs < MAX_AGE_MS);
    const bounds = boundsOf(kept);
    if (bounds === null || !contradict(next, bounds)) {
      this.#keep([...kept, next]);
      return;
    }
    const isConfirmed = this.#doubted !== null && !contradict(next, this.#doubted);
    // Nothing makes a clock seem further ahead than it is; that it seems further behind may be one slow message.
    if (isConfirmed || next.isExact || next.lowerMs > bounds.upperMs) this.#keep([next]);
    else this.#doubted = next;
  }

  /** What was known no longer holds: the clock was set. `offsetMs` null: nothing is known. */
  restart(offsetMs: number | null, uncertaintyMs: number, nowMs: number): void {
    if (offsetMs === null) this.#keep([]);
    else {
      const [lowerMs, upperMs] = [offsetMs - uncertaintyMs, offsetMs + uncertaintyMs];
      this.#keep([{ lowerMs, upperMs, isExact: false, atMs: nowMs }]);
    }
  }

  /** null while nothing is known. */
  get clock(): PhoneClock | null {
    const bounds = boundsOf(this.#kept);
    if (bounds === null) return null;
    const offsetMs = (bounds.lowerMs + bounds.upperMs) / 2;
    const uncertaintyMs = Math.max(LEAST_UNCERTAINTY_MS, Math.abs(bounds.upperMs - bounds.lowerMs) / 2);
    return { offsetMs: tenths(offsetMs), uncertaintyMs: tenths(uncertaintyMs) };
  }

  #keep(samples: readonly Kept[]): void {
    this.#kept = samples.slice(-KEPT);
    this.#doubted = null;
  }
}

type Bounds = Pick<ClockSample, 'lowerMs' | 'upperMs'>;

function boundsOf(samples: readonly Kept[]): Bounds | null {
  if (samples.length === 0) return null;
  const exact = samples.filter(({ isExact }) => isExact);
  const used = exact.length > 0 ? exact : samples;
  const lowerMs = Math.max(...used.map((one) => one.lowerMs));
  if (exact.length > 0) return { lowerMs, upperMs: Math.min(...exact.map(({ upperMs }) => upperMs)) };
  // The upper bound of each is its lower one and a round trip, so the shortest round trip is the best.
  return { lowerMs, upperMs: lowerMs + Math.min(...used.map((one) => one.upperMs - one.lowerMs)) };
}

const contradict = (a: Bounds, b: Bounds): boolean =>
  a.lowerMs > b.upperMs + TOLERANCE_MS || a.upperMs < b.lowerMs - TOLERANCE_MS;

const tenths = (ms: number): number => Math.round(ms * 10) / 10;
