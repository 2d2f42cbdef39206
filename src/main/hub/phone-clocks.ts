import type { PhoneClock } from '../../common/model/live-device';
import type { ClockSample } from '../ingest';
import { ClockFilter } from './clock-filter';

/** What the time of a frame is judged by. */
export interface TimedFrame {
  readonly deviceId: string;
  readonly boot: string | null;
  readonly seq: number | null;
  readonly capturedAtMs: number | null;
  readonly receivedAtMs: number;
  readonly isBackfill: boolean;
}

interface Known {
  readonly filter: ClockFilter;
  /** The frame with the greatest number of the newest boot. */
  newest: { readonly boot: string; readonly seq: number; readonly capturedAtMs: number } | null;
}

/** A frame numbered later was not captured earlier than this, ms, unless the clock was set: sensors jitter by less. */
const SET_BACK_MS = 5000;
/** Nor after it came, by more than the clock's uncertainty and this, ms. */
const SET_AHEAD_MS = 2000;
/** How well the clock is known from one frame alone, ms: nobody knows how long that was under way. */
const GUESS_MS = 5000;

/** The clocks of all phones, measured by ping and pong, and what they make of the time of a frame. */
export class PhoneClocks {
  readonly #known = new Map<string, Known>();
  readonly #onChanged: (deviceId: string, clock: PhoneClock | null) => void;

  constructor(onChanged: (deviceId: string, clock: PhoneClock | null) => void) {
    this.#onChanged = onChanged;
  }

  measured(deviceId: string, sample: ClockSample, nowMs: number): void {
    const { filter } = this.#of(deviceId);
    filter.add(sample, nowMs);
    this.#onChanged(deviceId, filter.clock);
  }

  /** null while it was never measured. */
  get(deviceId: string): PhoneClock | null {
    return this.#known.get(deviceId)?.filter.clock ?? null;
  }

  /** When a frame was captured by the hub's clock, ms, never after it came; null while that is not known. */
  correct(frame: TimedFrame): number | null {
    const { deviceId, capturedAtMs, receivedAtMs } = frame;
    if (capturedAtMs === null) return null;
    const known = this.#known.get(deviceId);
    // Most phones never ping and do not number: nothing is kept of them.
    if (!known && frame.seq === null) return null;
    const { filter } = this.#of(deviceId);
    if (this.#wasSet(frame, capturedAtMs)) this.#onChanged(deviceId, filter.clock);
    const { clock } = filter;
    return clock === null ? null : Math.min(receivedAtMs, Math.round(capturedAtMs - clock.offsetMs));
  }

  /** Finds out that the phone's clock was set since it was measured; what is known is then what this frame tells. */
  #wasSet({ deviceId, boot, seq, receivedAtMs, isBackfill }: TimedFrame, capturedAtMs: number): boolean {
    const known = this.#of(deviceId);
    const { filter, newest } = known;
    const { clock } = filter;
    const isNext = boot !== null && seq !== null && (newest === null || newest.boot !== boot || seq > newest.seq);
    if (isNext) known.newest = { boot, seq, capturedAtMs };
    // It can't have been captured later than now: this is the least that the phone is ahead.
    const leastMs = capturedAtMs - receivedAtMs;
    if (isNext && newest?.boot === boot && newest.capturedAtMs - capturedAtMs > SET_BACK_MS) {
      const setBackMs = newest.capturedAtMs - capturedAtMs;
      const guessMs = clock ? Math.max(leastMs, clock.offsetMs - setBackMs) : isBackfill ? null : leastMs;
      filter.restart(guessMs, GUESS_MS, receivedAtMs);
      return true;
    }
    if (clock === null || leastMs <= clock.offsetMs + clock.uncertaintyMs + SET_AHEAD_MS) return false;
    filter.restart(isBackfill ? null : leastMs, GUESS_MS, receivedAtMs);
    return true;
  }

  #of(deviceId: string): Known {
    const found = this.#known.get(deviceId);
    if (found) return found;
    const known: Known = { filter: new ClockFilter(), newest: null };
    this.#known.set(deviceId, known);
    return known;
  }
}
