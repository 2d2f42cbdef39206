import type { JsonObject } from '../../../common/model/frame';
import type { Motion, Orientation } from '../../../common/model/readings';
import type { Fix } from '../sensors/position';

/** The value of `captureMethod` in every frame of this page. */
const CAPTURE_METHOD = 'perch-phone';
/** A photo is marked with the last position only while that is about where it was taken. */
const FRESH_FIX_MS = 15_000;

/** The latest of each sensor; null until it came. */
export interface Readings {
  readonly fix: Fix | null;
  readonly orientation: Orientation | null;
  readonly motion: Motion | null;
  /** 0 to 1. */
  readonly battery: number | null;
  readonly isCharging: boolean | null;
}

export const NO_READINGS: Readings = { fix: null, orientation: null, motion: null, battery: null, isCharging: null };

/** The sensors that make a frame when they have something new. The battery only rides along. */
export type FramePart = 'fix' | 'orientation' | 'motion';

const common = (readings: Readings, capturedAtMs: number) => ({
  timestamp: new Date(capturedAtMs).toISOString(),
  captureMethod: CAPTURE_METHOD,
  ...(readings.battery === null ? {} : { battery: readings.battery }),
});

/** A frame of what is new since the last one. */
export function toSensorFrame(readings: Readings, parts: ReadonlySet<FramePart>, capturedAtMs: number): JsonObject {
  const { fix, orientation, motion } = readings;
  return {
    ...common(readings, capturedAtMs),
    ...(fix && parts.has('fix') ? { gps: { ...fix.position } } : {}),
    ...(orientation && parts.has('orientation') ? { orientation: { ...orientation } } : {}),
    ...(motion && parts.has('motion') ? { motion: { ...motion } } : {}),
  };
}

/** What a person makes beside the sensors: `data:` URLs, and what was written to it. */
export interface Made {
  readonly photoBase64?: string;
  readonly audioBase64?: string;
  readonly text?: string;
}

/** A frame of a photo or a note, with the last position while that is fresh. */
export function toMadeFrame(readings: Readings, made: Made, capturedAtMs: number): JsonObject {
  const { fix } = readings;
  const isFresh = fix !== null && capturedAtMs - fix.fixedAtMs <= FRESH_FIX_MS;
  return { ...common(readings, capturedAtMs), ...(isFresh ? { gps: { ...fix.position } } : {}), ...made };
}

/** Where a person says to be, on a map, in lite mode. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  /** m */
  readonly accuracy: number;
}

export function toPlaceFrame(readings: Readings, place: Place, capturedAtMs: number): JsonObject {
  return { ...common(readings, capturedAtMs), captureMethod: 'manual', gps: { ...place } };
}
