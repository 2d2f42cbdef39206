import type { JsonObject } from '../../../common/model/frame';
import { asGroup } from './fix';

const GRAVITY_MPS2 = 9.81;

/** A phone that is carried shakes by 1 m/s² and more; the sensor of one on a table by 0.1 and its scale error by 0.2. */
const STILL_ACCELERATION_MPS2 = 0.3;

/** A hand at rest turns by several degrees a second. */
const STILL_ROTATION_DPS = 3;

/** One sample between two steps looks still by chance: it must last. */
const STILL_AFTER_MS = 2_000;

/** A sample older than this says nothing of now. */
const FORGET_AFTER_MS = 5_000;

/** Whether the motion sensor says that the phone lies still. */
export class Stillness {
  #sinceMs: number | null = null;
  #lastMs: number | null = null;

  /** Takes in the motion of a frame, if it has any. */
  add(data: JsonObject, atMs: number): void {
    const motion = asGroup(data.motion);
    const isStill = motion && looksStill(motion);
    if (isStill === null) return;
    const goesOn = this.#lastMs !== null && atMs >= this.#lastMs && atMs - this.#lastMs <= FORGET_AFTER_MS;
    if (!isStill) this.#sinceMs = null;
    else if (this.#sinceMs === null || !goesOn) this.#sinceMs = atMs;
    this.#lastMs = atMs;
  }

  /** False also when it isn't known. */
  isStillAt(atMs: number): boolean {
    if (this.#sinceMs === null || this.#lastMs === null) return false;
    return atMs - this.#sinceMs >= STILL_AFTER_MS && Math.abs(atMs - this.#lastMs) <= FORGET_AFTER_MS;
  }
}

/** null when the sample lacks acceleration. */
function looksStill(motion: JsonObject): boolean | null {
  const { accelerationX: x, accelerationY: y, accelerationZ: z } = motion;
  if (typeof x !== 'number' || typeof y !== 'number' || typeof z !== 'number') return null;
  const size = Math.hypot(x, y, z);
  // Some senders take gravity off.
  const isAtRest = Math.min(size, Math.abs(size - GRAVITY_MPS2)) <= STILL_ACCELERATION_MPS2;
  const rotations = [motion.rotationAlpha, motion.rotationBeta, motion.rotationGamma];
  return isAtRest && rotations.every((rate) => typeof rate !== 'number' || Math.abs(rate) <= STILL_ROTATION_DPS);
}
