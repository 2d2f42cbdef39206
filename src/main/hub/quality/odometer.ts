import type { TrackTotals } from '../../../common/model/track';
import type { Fix } from './fix';
import { type Steps, Stretch } from './stretch';
import type { OdometerState } from './track-state';

/** A longer silence may be filled by a backfill later: what comes after it is a stretch of its own until then. */
const STRETCH_GAP_MS = 15_000;

/** Silences kept open for a backfill; with more, the oldest is taken as closed. */
const MAX_STRETCHES = 32;

/**
 * Sums up the way of one device in memory of fixed size, whether positions come as they are measured or a queue of old ones
 * comes after newer ones. A position from within a stretch that is summed up already is left out.
 */
export class Odometer {
  readonly #steps: Steps;
  /** By time. */
  readonly #stretches: Stretch[];
  #totals: TrackTotals | null = null;

  /** @param state it goes on from there. */
  constructor(steps: Steps, state: OdometerState = []) {
    this.#steps = steps;
    this.#stretches = state.map((stretch) => Stretch.from(stretch, steps));
  }

  get state(): OdometerState {
    return this.#stretches.map((stretch) => stretch.state);
  }

  add(fix: Fix): void {
    const place = this.#stretches.findLastIndex(({ firstMs }) => firstMs <= fix.atMs);
    const stretch = this.#stretches[place];
    if (stretch && fix.atMs < stretch.lastMs) return;
    this.#totals = null;
    if (stretch && fix.atMs - stretch.lastMs <= STRETCH_GAP_MS) {
      stretch.add(fix);
      return;
    }
    this.#stretches.splice(place + 1, 0, Stretch.begin(fix, this.#steps));
    const [oldest, second] = this.#stretches;
    if (this.#stretches.length <= MAX_STRETCHES || !oldest || !second) return;
    oldest.append(second);
    this.#stretches.splice(1, 1);
  }

  get totals(): TrackTotals {
    this.#totals ??= this.#sum();
    return this.#totals;
  }

  #sum(): TrackTotals {
    const parts = this.#stretches.flatMap((stretch, index) => {
      const next = this.#stretches[index + 1];
      return next ? [stretch.totals, stretch.bridgeTo(next)] : [stretch.totals];
    });
    const sum = (name: keyof TrackTotals): number => toTenths(parts.reduce((total, part) => total + part[name], 0));
    return { distanceM: sum('distanceM'), movingS: sum('movingS'), climbM: sum('climbM') };
  }
}

/** No phone measures better. */
const toTenths = (value: number): number => Math.round(value * 10) / 10;
