import type { JsonObject } from '../../common/model/frame';
import type { Random } from './random';

/** Where a drill takes place: degrees. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** Metres from the middle at which a walker turns back. */
const RADIUS_M = 800;
const METRES_PER_DEGREE = 111_320;
/** A person in terrain, m/s. */
const SLOWEST_MPS = 0.7;
const FASTEST_MPS = 1.7;
/** How far the direction wanders in a second, degrees. */
const TURN_DEG_PER_S = 25;

/** One person on foot: positions follow from the ones before, and so do the readings of the phone in the hand. */
export class Walk {
  readonly #middle: Place;
  readonly #random: Random;
  readonly #speedMps: number;
  #headingDeg: number;
  /** Metres from the middle. */
  #eastM: number;
  #northM: number;
  #battery: number;
  #atMs: number | null = null;

  constructor(middle: Place, random: Random) {
    this.#middle = middle;
    this.#random = random;
    this.#speedMps = SLOWEST_MPS + random() * (FASTEST_MPS - SLOWEST_MPS);
    this.#headingDeg = random() * 360;
    this.#eastM = (random() - 0.5) * RADIUS_M;
    this.#northM = (random() - 0.5) * RADIUS_M;
    this.#battery = 0.4 + random() * 0.6;
  }

  /** The frame that the phone takes now. @param nowMs ms since the epoch, never going back. */
  frame(nowMs: number): JsonObject {
    this.#step((nowMs - (this.#atMs ?? nowMs)) / 1000);
    this.#atMs = nowMs;
    const around = (middle: number, spread: number): number => round(middle + (this.#random() - 0.5) * spread, 3);
    return {
      timestamp: new Date(nowMs).toISOString(),
      captureMethod: 'drill',
      battery: round(this.#battery, 2),
      gps: {
        latitude: round(this.#middle.latitude + this.#northM / METRES_PER_DEGREE, 7),
        longitude: round(this.#middle.longitude + this.#eastM / this.#metresPerDegreeEast(), 7),
        altitude: around(52, 2),
        accuracy: around(6, 4),
        altitudeAccuracy: 9,
        heading: round(this.#headingDeg, 1) % 360,
        speed: round(this.#speedMps, 2),
      },
      orientation: {
        alpha: round(this.#headingDeg, 1) % 360,
        beta: around(35, 20),
        gamma: around(0, 20),
        absolute: true,
      },
      motion: {
        accelerationX: around(0, 2),
        accelerationY: around(0, 2),
        accelerationZ: around(9.81, 3),
        rotationAlpha: around(0, 30),
        rotationBeta: around(0, 30),
        rotationGamma: around(0, 30),
      },
    };
  }

  #step(seconds: number): void {
    const isOut = Math.hypot(this.#eastM, this.#northM) > RADIUS_M;
    const wander = (this.#random() - 0.5) * 2 * TURN_DEG_PER_S * Math.min(1, seconds);
    const home = (Math.atan2(-this.#eastM, -this.#northM) * 180) / Math.PI;
    this.#headingDeg = ((isOut ? home : this.#headingDeg) + wander + 360) % 360;
    const heading = (this.#headingDeg * Math.PI) / 180;
    this.#eastM += Math.sin(heading) * this.#speedMps * seconds;
    this.#northM += Math.cos(heading) * this.#speedMps * seconds;
    // A charge lasts about eight hours.
    this.#battery = Math.max(0.01, this.#battery - seconds / 28_800);
  }

  #metresPerDegreeEast(): number {
    return METRES_PER_DEGREE * Math.cos((this.#middle.latitude * Math.PI) / 180);
  }
}

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;
