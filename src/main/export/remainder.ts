import type { JsonObject, JsonValue } from '../../common/model/frame';

/** A stored frame being taken apart: each column takes its value, what nobody took is the column `extra`. */
export class Remainder {
  readonly #data: { [key: string]: JsonValue };

  /** @param body JSON of the stored frame. */
  constructor(body: string) {
    this.#data = JSON.parse(body) as { [key: string]: JsonValue };
  }

  /** Looks without taking; undefined when it is not there. */
  peek(path: readonly string[]): JsonValue | undefined {
    return this.#parentOf(path)?.[path.at(-1) ?? ''];
  }

  /** Takes a value out. */
  take(path: readonly string[]): JsonValue | undefined {
    const parent = this.#parentOf(path);
    const key = path.at(-1) ?? '';
    const value = parent?.[key];
    if (parent) delete parent[key];
    return value;
  }

  /** JSON of what is left; empty when nothing is. Members that are null or have become empty objects are dropped. */
  toJson(): string {
    const rest = withoutNulls(this.#data);
    return Object.keys(rest).length === 0 ? '' : JSON.stringify(rest);
  }

  #parentOf(path: readonly string[]): { [key: string]: JsonValue } | undefined {
    let parent = this.#data;
    for (const key of path.slice(0, -1)) {
      const child = parent[key];
      if (!isObject(child)) return undefined;
      // Parsed here and shared with nobody: the nouns are readonly, this copy need not be.
      parent = child;
    }
    return parent;
  }
}

/** True for a JSON object, false for an array. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Elements of an array keep their places, so only their members are dropped.
function withoutNulls(object: JsonObject): JsonObject {
  const kept: [string, JsonValue][] = [];
  for (const [key, value] of Object.entries(object)) {
    if (value === null) continue;
    const cleaned = clean(value);
    if (!isObject(cleaned) || Object.keys(cleaned).length > 0) kept.push([key, cleaned]);
  }
  return Object.fromEntries(kept);
}

function clean(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(clean);
  return isObject(value) ? withoutNulls(value) : value;
}
