import type { JsonObject, JsonValue } from '../../../common/model/frame';

/** One position of one device, as far as quality and track ask. null: not provided, or out of range. */
export interface Fix {
  readonly latitude: number;
  readonly longitude: number;
  /** Radius of the 95 % circle, metres. */
  readonly accuracyM: number | null;
  readonly altitudeM: number | null;
  readonly speedMps: number | null;
  /** ms; which clock is the caller's choice, the same for all fixes of a device. */
  readonly atMs: number;
}

/** No phone is higher or lower, and sums of heights stay numbers that JSON can say. */
const MAX_ALTITUDE_M = 100_000;

/** The position in a frame that the parser accepted; null when there is none. */
export function toFix(data: JsonObject, atMs: number): Fix | null {
  const gps = asGroup(data.gps);
  if (!gps) return null;
  const { latitude, longitude, altitude } = gps;
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return null;
  return {
    latitude,
    longitude,
    accuracyM: notNegative(gps.accuracy),
    altitudeM: typeof altitude === 'number' && Math.abs(altitude) <= MAX_ALTITUDE_M ? altitude : null,
    speedMps: notNegative(gps.speed),
    atMs,
  };
}

/** The same reading again: a receiver that measures anew never gives all three digit by digit. */
export function isSameFix(a: Fix, b: Fix): boolean {
  return a.latitude === b.latitude && a.longitude === b.longitude && a.accuracyM === b.accuracyM;
}

/** A member of a frame as an object; null when it is none. */
export function asGroup(value: JsonValue | undefined): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

const notNegative = (value: JsonValue | undefined): number | null =>
  typeof value === 'number' && value >= 0 ? value : null;
