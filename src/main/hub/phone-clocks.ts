import type { PhoneClock } from '../../common/model/live-device';
import type { ClockSample } from '../ingest';
import { ClockFilter } from './clock-filter';
import { LivePace } from './live-pace';

/** What the time of a frame is judged by. */
export interface TimedFrame {
  readonly deviceId: string;
  readonly capturedAtMs: number | null;
  readonly receivedAtMs: number;
  /** Out of the phone's queue: it says nothing of the clock as it is now. */
  readonly isBackfill: boolean;
}

interface Known {
  readonly filter: ClockFilter;
  readonly pace: LivePace;
}

/** A frame was not captured after it came, by more than the clock's uncertainty and this, ms. */
const SET_AHEAD_MS = 2000;
/** How well the clock is known from frames alone, ms: nobody knows how long they were under way. */
const GUESS_MS = 5000;

/** The clocks of all phones, measured by ping and pong, and what they make of the time of a frame. */
export class PhoneClocks {
  readonly #known = new Map<string, Known>();
  readonly #onChanged: (deviceId: string, clock: PhoneClock | null) => void;
  readonly #onSet: (deviceId: string) => void;

  /** @param onSet the clock of a phone was set on the way, as a frame of it tells */
  constructor(
    onChanged: (deviceId: string, clock: PhoneClock | null) => void,
    onSet: (deviceId: string) => void = () => {},
  ) {
    this.#onChanged = onChanged;
    this.#onSet = onSet;
  }

  measured(deviceId: string, sample: ClockSample, nowMs: number): void {
    const { filter } = this.#of(deviceId);
    filter.add(sample, nowMs);
    this.#onChanged(deviceId, filter.clock);
  }

  /** A device that left nothing is gone for good. */
  forget(deviceId: string): void {
    this.#known.delete(deviceId);
  }

  /** null while it was never measured. */
  get(deviceId: string): PhoneClock | null {
    return this.#known.get(deviceId)?.filter.clock ?? null;
  }

  /** When a frame was captured by the hub's clock, ms, never after it came; null while that is not known. */
  correct(frame: TimedFrame): number | null {
    const { deviceId, capturedAtMs, receivedAtMs } = frame;
    if (capturedAtMs === null) return null;
    const { filter } = this.#of(deviceId);
    if (this.#wasSet(frame, capturedAtMs)) {
      this.#onChanged(deviceId, filter.clock);
      this.#onSet(deviceId);
    }
    const { clock } = filter;
    return clock === null ? null : Math.min(receivedAtMs, Math.round(capturedAtMs - clock.offsetMs));
  }

  /** Finds out that the phone's clock was set since it was measured; what is known is then what this frame tells. */
  #wasSet({ deviceId, receivedAtMs, isBackfill }: TimedFrame, capturedAtMs: number): boolean {
    const { filter, pace } = this.#of(deviceId);
    const { clock } = filter;
    // It can't have been captured later than now: this is the least that the phone is ahead.
    const leastMs = capturedAtMs - receivedAtMs;
    const isSetBack = !isBackfill && pace.isSetBack(capturedAtMs, receivedAtMs);
    const isSetAhead = clock !== null && leastMs > clock.offsetMs + clock.uncertaintyMs + SET_AHEAD_MS;
    if (!isSetBack && !isSetAhead) return false;
    filter.restart(isBackfill ? null : leastMs, GUESS_MS, receivedAtMs);
    return true;
  }

  #of(deviceId: string): Known {
    const found = this.#known.get(deviceId);
    if (found) return found;
    const known: Known = { filter: new ClockFilter(), pace: new LivePace() };
    this.#known.set(deviceId, known);
    return known;
  }
}
