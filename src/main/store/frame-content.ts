import type { JsonObject, JsonValue } from '../../common/model/frame';

/** A kind of reading that live state is rebuilt from. */
const CONTENT_KINDS = ['gps', 'orientation', 'motion', 'weather', 'objectsDetected', 'photo'] as const;

/** One of {@link CONTENT_KINDS}. */
export type ContentKind = (typeof CONTENT_KINDS)[number];

/** What the log has to know about a frame without reading it again. */
export interface FrameContent {
  /** Degrees; null without a position. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly kinds: readonly ContentKind[];
}

/** @param data a stored frame: checked by ingest, so only presence is looked at. */
export function contentOf(data: JsonObject): FrameContent {
  const kinds: ContentKind[] = [];
  for (const kind of CONTENT_KINDS) if (hasReading(data[kind])) kinds.push(kind);
  const { gps } = data;
  if (!isObject(gps) || typeof gps.latitude !== 'number' || typeof gps.longitude !== 'number') {
    return { latitude: null, longitude: null, kinds };
  }
  return { latitude: gps.latitude, longitude: gps.longitude, kinds };
}

// "Nothing detected" is a reading; an object of nulls only (or weather with `data: null`) is none.
function hasReading(value: JsonValue | undefined): boolean {
  if (Array.isArray(value)) return true;
  if (!isObject(value)) return false;
  if ('data' in value) return hasReading(value.data);
  for (const key in value) if (value[key] !== null) return true;
  return false;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Kinds as one number, a bit each: it crosses threads for nothing. */
export function bitsOf(kinds: readonly ContentKind[]): number {
  let bits = 0;
  for (const kind of kinds) bits |= 1 << CONTENT_KINDS.indexOf(kind);
  return bits;
}

const SETS = Array.from({ length: 1 << CONTENT_KINDS.length }, (_, bits) =>
  CONTENT_KINDS.filter((_kind, index) => (bits & (1 << index)) !== 0),
);

/** See {@link bitsOf}. */
export function kindsOf(bits: number): readonly ContentKind[] {
  return SETS[bits] ?? [];
}
