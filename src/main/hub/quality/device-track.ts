import type { StoredFrame } from '../../../common/model/frame';
import type { Track } from '../../../common/model/track';
import { type Fix, toFix } from './fix';
import { Odometer } from './odometer';
import type { TrackState } from './track-state';

/** Flags that speak against the position itself; the others say something of its time or its sender. */
const DOUBTS: ReadonlySet<string> = new Set(['implied_jump', 'poor_accuracy', 'static_drift', 'repeated_position']);

const RAW = { distanceM: 0, byAccuracy: false, climbM: 0 } as const;

/**
 * A phone in the open is right to 5 m: less is noise. GNSS heights wander by several metres within a minute: 10 m is the
 * usual threshold without a barometer.
 */
const CLEAN = { distanceM: 5, byAccuracy: true, climbM: 10 } as const;

/** What a track takes of a frame. */
export interface TrackStep {
  readonly fix: Fix;
  readonly isDoubtful: boolean;
}

/** null: there is no position in it. */
export function stepOf({ data, liveAtMs, flags }: Pick<StoredFrame, 'data' | 'liveAtMs' | 'flags'>): TrackStep | null {
  const fix = toFix(data, liveAtMs);
  return fix && { fix, isDoubtful: flags.some((flag) => DOUBTS.has(flag)) };
}

/**
 * Distance, moving time and climb of one device in one session, by the live time of its frames:
 * - distance: the sum of the great-circle distances between positions one after another. Clean: a position counts once it is
 *   5 m, and its own accuracy, from the last that counted.
 * - moving time: the time between two counted positions that are at most 5 minutes and at least 0.5 m/s apart.
 * - climb: the sum of the rises from the last counted altitude. Clean: an altitude counts once it is 10 m from it, up or down.
 */
export class DeviceTrack {
  readonly #raw: Odometer;
  readonly #clean: Odometer;
  #track: Track | null = null;
  #hasPosition: boolean;

  /** @param state it goes on from there: the same frames then make the same track. */
  constructor(state: TrackState = { raw: [], clean: [] }) {
    this.#raw = new Odometer(RAW, state.raw);
    this.#clean = new Odometer(CLEAN, state.clean);
    this.#hasPosition = state.raw.length > 0;
  }

  /** In the order of their ids: it takes old ones late, but not to the last digit as in another order. */
  add({ fix, isDoubtful }: TrackStep): void {
    this.#hasPosition = true;
    this.#track = null;
    this.#raw.add(fix);
    if (!isDoubtful) this.#clean.add(fix);
  }

  get state(): TrackState {
    return { raw: this.#raw.state, clean: this.#clean.state };
  }

  /** null before the first position. */
  get track(): Track | null {
    if (this.#hasPosition) this.#track ??= { raw: this.#raw.totals, clean: this.#clean.totals };
    return this.#track;
  }
}
