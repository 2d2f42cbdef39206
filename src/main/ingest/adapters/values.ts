import type { JsonObject, JsonValue } from '../../../common/model/frame';
import { toMs } from '../../../common/wire/timestamp';
import { fault } from '../fault';

/** Metres a second of a kilometre an hour, and of a knot (1,852 m an hour). */
const KMH = 1 / 3.6;
const KNOT = 1852 / 3600;

/** What form fields and templates say for "none". */
const NOTHING: ReadonlySet<JsonValue> = new Set([null, '', 'null', 'NaN']);

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

// What is no number, or no time, is handed on as it came: the frame parser refuses that frame with a sentence, and only it.

/** A number, or the text of one; null for none. */
export function toNumber(value: JsonValue | undefined): JsonValue {
  if (value === undefined || NOTHING.has(value)) return null;
  return typeof value === 'string' && DECIMAL.test(value.trim()) ? Number(value) : value;
}

/** A number that can't be negative, where apps say -1 for "unknown". Other negative ones are kept: the frame is flagged. */
export const toMeasure = (value: JsonValue | undefined): JsonValue => convert(value, (number) => number);

/** Percent as the 0 to 1 of a frame. */
export const fromPercent = (value: JsonValue | undefined): JsonValue => convert(value, (percent) => percent / 100);

/** km/h as m/s. */
export const fromKmh = (value: JsonValue | undefined): JsonValue => convert(value, (speed) => rounded(speed * KMH));

/** Knots as m/s. */
export const fromKnots = (value: JsonValue | undefined): JsonValue => convert(value, (speed) => rounded(speed * KNOT));

/** Radians as degrees; they have no "unknown". */
export function fromRadians(value: JsonValue | undefined): JsonValue {
  const angle = toNumber(value);
  return typeof angle === 'number' ? rounded((angle * 180) / Math.PI) : angle;
}

function convert(value: JsonValue | undefined, toUnit: (number: number) => number): JsonValue {
  const number = toNumber(value);
  if (typeof number !== 'number') return number;
  return number === -1 ? null : toUnit(number);
}

/** Nine decimals are finer than any sensor, and 36 km/h becomes 10 and not 9.999999999999998. */
const rounded = (value: number): number => Math.round(value * 1e9) / 1e9;

/** Times below it are seconds: as ms it is a day in January 1970, as seconds one in 2038 (what Traccar's server does). */
const MAX_SECONDS = 2 ** 31;

/**
 * Seconds or ms since 1970, or ISO 8601 as apps write it: the offset without a colon (`-0700`), or none at all (UTC).
 * @returns ms
 */
export function toTime(value: JsonValue | undefined): JsonValue {
  const time = toNumber(value);
  if (typeof time === 'number') return time < MAX_SECONDS ? time * 1000 : time;
  return typeof time === 'string' ? (toMs(toRfc3339(time)) ?? time) : time;
}

function toRfc3339(time: string): string {
  const text = time.trim().replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
  return /(?:[zZ]|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`;
}

/** A text that says something; an id may come as a number. */
export function toText(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : null;
}

/** A JSON object. @throws ProtocolError invalid_message */
export function toObject(value: unknown, path: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw fault(path, 'must be a JSON object', value, 'invalid_message');
}

/** An object without the members that are null or empty objects; null when nothing is left. */
export function given(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject | null {
  const kept = Object.entries(members).filter(
    (entry): entry is [string, JsonValue] => entry[1] !== undefined && entry[1] !== null && !isEmpty(entry[1]),
  );
  // Not by assignment: a phone may send a member called __proto__.
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

function isEmpty(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}
