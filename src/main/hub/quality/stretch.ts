import type { TrackTotals } from '../../../common/model/track';
import { distanceM } from './distance';
import type { Fix } from './fix';
import type { StretchState } from './track-state';

/** How much of a change is believed. */
export interface Steps {
  /** Least distance from the last counted place, metres. At least the accuracy of the fix, if `byAccuracy`. */
  readonly distanceM: number;
  readonly byAccuracy: boolean;
  /** Least change of altitude from the last counted height, metres. */
  readonly climbM: number;
}

/** Between two positions further apart in time it isn't known whether it moved: the usual interval of background apps. */
const MAX_MOVING_GAP_S = 300;

/** Slower is standing: half of a slow walk. */
const MOVING_MPS = 0.5;

/** What later positions are measured from. */
type Place = Pick<Fix, 'latitude' | 'longitude' | 'accuracyM' | 'atMs'>;

/** A run of positions one after another in time, summed up; what came between is not kept. */
export class Stretch {
  readonly firstMs: number;
  lastMs: number;
  readonly #steps: Steps;
  readonly #first: Place;
  /** The last that was a step. */
  #counted: Omit<Place, 'accuracyM'>;
  #firstHeightM: number | null = null;
  /** The last height that was a step. */
  #heightM: number | null = null;
  #distanceM = 0;
  #movingS = 0;
  #climbM = 0;

  private constructor(first: Place, steps: Steps) {
    this.#first = first;
    this.#counted = first;
    this.#steps = steps;
    this.firstMs = first.atMs;
    this.lastMs = first.atMs;
  }

  /** Of one position. */
  static begin(first: Fix, steps: Steps): Stretch {
    const stretch = new Stretch(first, steps);
    stretch.#climb(first.altitudeM);
    return stretch;
  }

  /** Takes in a position that is not older than the last one. */
  add(fix: Fix): void {
    this.lastMs = fix.atMs;
    this.#climb(fix.altitudeM);
    const step = this.#stepTo(fix);
    if (!step) return;
    this.#distanceM += step.distanceM;
    this.#movingS += step.movingS;
    this.#counted = fix;
  }

  get totals(): TrackTotals {
    return { distanceM: this.#distanceM, movingS: this.#movingS, climbM: this.#climbM };
  }

  get state(): StretchState {
    return {
      firstMs: this.firstMs,
      firstLatitude: this.#first.latitude,
      firstLongitude: this.#first.longitude,
      firstAccuracyM: this.#first.accuracyM,
      countedMs: this.#counted.atMs,
      countedLatitude: this.#counted.latitude,
      countedLongitude: this.#counted.longitude,
      lastMs: this.lastMs,
      firstHeightM: this.#firstHeightM,
      heightM: this.#heightM,
      ...this.totals,
    };
  }

  /** As it was when its state was taken. */
  static from(state: StretchState, steps: Steps): Stretch {
    const stretch = new Stretch(
      {
        atMs: state.firstMs,
        latitude: state.firstLatitude,
        longitude: state.firstLongitude,
        accuracyM: state.firstAccuracyM,
      },
      steps,
    );
    stretch.lastMs = state.lastMs;
    stretch.#counted = {
      atMs: state.countedMs,
      latitude: state.countedLatitude,
      longitude: state.countedLongitude,
    };
    stretch.#firstHeightM = state.firstHeightM;
    stretch.#heightM = state.heightM;
    stretch.#distanceM = state.distanceM;
    stretch.#movingS = state.movingS;
    stretch.#climbM = state.climbM;
    return stretch;
  }

  /** What lies between the end of this one and the beginning of a later one. */
  bridgeTo(next: Stretch): TrackTotals {
    const { distanceM: metres = 0, movingS = 0 } = this.#stepTo(next.#first) ?? {};
    return { distanceM: metres, movingS, climbM: Math.max(0, this.#climbTo(next.#firstHeightM)) };
  }

  /** Takes in a later one, and the way to it. */
  append(next: Stretch): void {
    const bridge = this.bridgeTo(next);
    this.#distanceM += bridge.distanceM + next.#distanceM;
    this.#movingS += bridge.movingS + next.#movingS;
    this.#climbM += bridge.climbM + next.#climbM;
    this.#firstHeightM ??= next.#firstHeightM;
    this.#heightM = next.#heightM ?? this.#heightM;
    this.#counted = next.#counted;
    this.lastMs = next.lastMs;
  }

  #stepTo(fix: Place): Omit<TrackTotals, 'climbM'> | null {
    const { distanceM: least, byAccuracy } = this.#steps;
    const metres = distanceM(this.#counted, fix);
    // The same place again is no step: many frames carry one fix, and the time until the next belongs to the step.
    if (metres === 0 || metres < Math.max(least, byAccuracy ? (fix.accuracyM ?? 0) : 0)) return null;
    const seconds = (fix.atMs - this.#counted.atMs) / 1000;
    const didMove = seconds <= MAX_MOVING_GAP_S && metres >= MOVING_MPS * seconds;
    return { distanceM: metres, movingS: didMove ? seconds : 0 };
  }

  #climb(altitudeM: number | null): void {
    if (altitudeM === null) return;
    this.#firstHeightM ??= altitudeM;
    const change = this.#climbTo(altitudeM);
    if (change > 0) this.#climbM += change;
    if (change !== 0 || this.#heightM === null) this.#heightM = altitudeM;
  }

  /** Metres up (or down, below 0) from the last counted height; 0 for less than a step. */
  #climbTo(altitudeM: number | null): number {
    if (altitudeM === null || this.#heightM === null) return 0;
    const change = altitudeM - this.#heightM;
    return Math.abs(change) >= this.#steps.climbM ? change : 0;
  }
}
