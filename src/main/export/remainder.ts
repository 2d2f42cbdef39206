import type { JsonObject, JsonValue } from '../../common/model/frame';

/**
 * Which members of an object have columns: whatever they hold; only when they hold a number or a text (something else
 * did not get into the column); or some of their own members.
 */
export interface Told {
  readonly [member: string]: 'any' | 'number' | 'string' | Told;
}

/**
 * A frame less what has a column. Members that are null, or objects that have become empty, are dropped at any depth;
 * elements of an array keep their places.
 */
export function remainderOf(object: JsonObject, told: Told): JsonObject {
  const rest: { [key: string]: JsonValue } = {};
  for (const key of Object.keys(object)) {
    const value = object[key] ?? null;
    const tale = Object.hasOwn(told, key) ? told[key] : undefined;
    if (value === null || tale === 'any' || tale === typeof value) continue;
    const kept = isObject(value) ? remainderOf(value, typeof tale === 'object' ? tale : NOTHING) : withoutNulls(value);
    if (isObject(kept) && isEmpty(kept)) continue;
    // Defined, not assigned: a phone may send a member called __proto__.
    if (key === '__proto__') Object.defineProperty(rest, key, { value: kept, enumerable: true });
    else rest[key] = kept;
  }
  return rest;
}

/** True for a JSON object, false for an array. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True without members. */
export function isEmpty(object: JsonObject): boolean {
  for (const _ in object) return false;
  return true;
}

const NOTHING: Told = {};

function withoutNulls(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutNulls);
  return isObject(value) ? remainderOf(value, NOTHING) : value;
}
