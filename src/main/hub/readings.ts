import type { JsonObject, JsonValue } from '../../common/model/frame';
import type { MediaReference } from '../../common/model/media';
import type { Position } from '../../common/model/position';
import type { DetectedObject, Motion, Orientation, Weather } from '../../common/model/readings';

/** What a stored frame says, each part null when it says nothing of it. Values flagged as out of range are left out. */
export interface FrameReadings {
  readonly position: Position | null;
  readonly orientation: Orientation | null;
  readonly motion: Motion | null;
  readonly weather: Weather | null;
  readonly objects: readonly DetectedObject[] | null;
  readonly photo: MediaReference | null;
  /** 0 to 1. */
  readonly battery: number | null;
}

/** Reads a frame that the parser accepted: types hold, ranges are told by the flags. */
export function readingsOf(data: JsonObject, flags: readonly string[]): FrameReadings {
  const bad = new Set(
    flags.filter((flag) => flag.startsWith('out_of_range:')).map((flag) => flag.slice('out_of_range:'.length)),
  );
  const numberAt = (group: JsonObject, path: string, name: string): number | null => {
    const value = group[name];
    return typeof value === 'number' && !bad.has(path === '' ? name : `${path}.${name}`) ? value : null;
  };
  const weather = toWeatherGroup(data.weather);
  return {
    position: toPosition(asGroup(data.gps), numberAt),
    orientation: toOrientation(asGroup(data.orientation), numberAt),
    motion: toGroup<Motion>(asGroup(data.motion), 'motion', MOTION, numberAt),
    weather: weather && toGroup<Weather>(weather.group, weather.path, WEATHER, numberAt),
    objects: toObjects(data.objectsDetected),
    photo: isMediaReference(data.photo) ? data.photo : null,
    battery: numberAt(data, '', 'battery'),
  };
}

type NumberAt = (group: JsonObject, path: string, name: string) => number | null;

const MOTION = [
  'accelerationX',
  'accelerationY',
  'accelerationZ',
  'rotationAlpha',
  'rotationBeta',
  'rotationGamma',
] as const satisfies ReadonlyArray<keyof Motion>;

const WEATHER = [
  'temperature',
  'humidity',
  'windSpeed',
  'windDirection',
  'precipitation',
  'cloudCover',
  'weatherCode',
] as const satisfies ReadonlyArray<keyof Weather>;

function asGroup(value: JsonValue | undefined): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

function toPosition(gps: JsonObject | null, numberAt: NumberAt): Position | null {
  if (!gps) return null;
  const at = (name: string): number | null => numberAt(gps, 'gps', name);
  const latitude = at('latitude');
  const longitude = at('longitude');
  if (latitude === null || longitude === null) return null;
  return {
    latitude,
    longitude,
    altitude: at('altitude'),
    accuracy: at('accuracy'),
    altitudeAccuracy: at('altitudeAccuracy'),
    heading: at('heading'),
    speed: at('speed'),
  };
}

function toOrientation(group: JsonObject | null, numberAt: NumberAt): Orientation | null {
  if (!group) return null;
  const [alpha, beta, gamma] = ['alpha', 'beta', 'gamma'].map((name) => numberAt(group, 'orientation', name));
  if (alpha == null && beta == null && gamma == null) return null;
  const absolute = typeof group.absolute === 'boolean' ? group.absolute : null;
  return { alpha: alpha ?? null, beta: beta ?? null, gamma: gamma ?? null, absolute };
}

/** A group of numbers; null when none of them is there. */
function toGroup<T extends { readonly [K in keyof T]: number | null }>(
  group: JsonObject | null,
  path: string,
  names: ReadonlyArray<keyof T & string>,
  numberAt: NumberAt,
): T | null {
  if (!group) return null;
  const values = names.map((name) => [name, numberAt(group, path, name)] as const);
  return values.some(([, value]) => value !== null) ? (Object.fromEntries(values) as T) : null;
}

/** The values themselves, or the same inside `data`. */
function toWeatherGroup(weather: JsonValue | undefined): { group: JsonObject; path: string } | null {
  const outer = asGroup(weather);
  if (!outer) return null;
  const inner = asGroup(outer.data);
  return inner ? { group: inner, path: 'weather.data' } : { group: outer, path: 'weather' };
}

/** What an eye can take in of one picture; live values of everybody are held in memory and sent ten times a second. */
const SHOWN_OBJECTS = 50;
const SHOWN_CLASS_LENGTH = 64;

/** A score out of range is left out by its value: not every flag of a long list is kept. */
function toObjects(value: JsonValue | undefined): readonly DetectedObject[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  return value.slice(0, SHOWN_OBJECTS).flatMap((one: JsonValue) => {
    const detected = asGroup(one);
    if (typeof detected?.class !== 'string') return [];
    const { score } = detected;
    const isScore = typeof score === 'number' && score >= 0 && score <= 1;
    return [{ class: detected.class.slice(0, SHOWN_CLASS_LENGTH), score: isScore ? score : null }];
  });
}

function isMediaReference(value: JsonValue | undefined): value is JsonValue & MediaReference {
  const group = asGroup(value);
  return typeof group?.sha256 === 'string' && typeof group.bytes === 'number' && typeof group.mime === 'string';
}
