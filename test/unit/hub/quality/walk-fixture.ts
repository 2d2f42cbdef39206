import type { JsonObject } from '../../../../src/common/model/frame';

export const T0 = Date.UTC(2026, 4, 1, 9);

/** Metres of a degree of latitude on the sphere of WGS 84's mean radius. */
const METRES_PER_DEGREE = (6_371_008.771 * Math.PI) / 180;

/** A frame so many metres north of the start, `seconds` after it. */
export interface Step {
  readonly metres: number;
  readonly seconds: number;
  readonly accuracy?: number | null;
  readonly speed?: number | null;
  readonly altitude?: number;
  readonly motion?: JsonObject;
}

export const toData = ({ metres, accuracy = 5, speed = null, altitude, motion }: Step): JsonObject => ({
  gps: { latitude: 47 + metres / METRES_PER_DEGREE, longitude: 11, accuracy, speed, altitude: altitude ?? null },
  ...(motion ? { motion } : {}),
});
