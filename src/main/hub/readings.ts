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
}

/** Paths of the values that are out of range. */
export type BadPaths = ReadonlySet<string>;

const NONE: BadPaths = new Set();
const OUT_OF_RANGE = 'out_of_range:';

/** The paths that the flags of a frame name. */
export function badPathsOf(flags: readonly string[]): BadPaths {
  if (flags.length === 0) return NONE;
  const paths = flags.flatMap((flag) => (flag.startsWith(OUT_OF_RANGE) ? flag.slice(OUT_OF_RANGE.length) : []));
  return paths.length === 0 ? NONE : new Set(paths);
}

/** How one kind of reading is found in a frame that the parser accepted: types hold, ranges are told by the flags. */
interface ReadingKind<T> {
  /** Where it is in the frame. */
  readonly member: string;
  /** Whether `read` would find something: asked of every frame, so it makes nothing. */
  readonly says: (value: JsonValue, bad: BadPaths) => boolean;
  readonly read: (value: JsonValue, bad: BadPaths) => T | null;
}

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

const ANGLES = ['alpha', 'beta', 'gamma'] as const;
const PLACE = ['latitude', 'longitude'] as const;

/** Every kind of reading there is. */
export const READINGS: { readonly [K in keyof FrameReadings]: ReadingKind<NonNullable<FrameReadings[K]>> } = {
  position: {
    member: 'gps',
    says: (gps, bad) => isGroup(gps) && PLACE.every((name) => numberAt(gps, 'gps', name, bad) !== null),
    read: toPosition,
  },
  orientation: {
    member: 'orientation',
    says: (group, bad) => isGroup(group) && saysAny(group, 'orientation', ANGLES, bad),
    read: toOrientation,
  },
  motion: {
    member: 'motion',
    says: (group, bad) => isGroup(group) && saysAny(group, 'motion', MOTION, bad),
    read: (group, bad) => (isGroup(group) ? toGroup<Motion>(group, 'motion', MOTION, bad) : null),
  },
  weather: {
    member: 'weather',
    says: (weather, bad) => {
      if (!isGroup(weather)) return false;
      const { data: inner = null } = weather;
      return isGroup(inner) ? saysAny(inner, 'weather.data', WEATHER, bad) : saysAny(weather, 'weather', WEATHER, bad);
    },
    read: toWeather,
  },
  objects: { member: 'objectsDetected', says: (value) => Array.isArray(value) && value.length > 0, read: toObjects },
  photo: { member: 'photo', says: isMediaReference, read: (value) => (isMediaReference(value) ? value : null) },
};

function isGroup(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function numberAt(group: JsonObject, path: string, name: string, bad: BadPaths): number | null {
  const value = group[name];
  return typeof value === 'number' && (bad.size === 0 || !bad.has(`${path}.${name}`)) ? value : null;
}

function saysAny(group: JsonObject, path: string, names: readonly string[], bad: BadPaths): boolean {
  for (const name of names) if (numberAt(group, path, name, bad) !== null) return true;
  return false;
}

function toPosition(gps: JsonValue, bad: BadPaths): Position | null {
  if (!isGroup(gps)) return null;
  const at = (name: string): number | null => numberAt(gps, 'gps', name, bad);
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

function toOrientation(group: JsonValue, bad: BadPaths): Orientation | null {
  if (!isGroup(group) || !saysAny(group, 'orientation', ANGLES, bad)) return null;
  const at = (name: string): number | null => numberAt(group, 'orientation', name, bad);
  const absolute = typeof group.absolute === 'boolean' ? group.absolute : null;
  return { alpha: at('alpha'), beta: at('beta'), gamma: at('gamma'), absolute };
}

/** A group of numbers; null when none of them is there. */
function toGroup<T extends { readonly [K in keyof T]: number | null }>(
  group: JsonObject,
  path: string,
  names: ReadonlyArray<keyof T & string>,
  bad: BadPaths,
): T | null {
  const values = names.map((name) => [name, numberAt(group, path, name, bad)] as const);
  return values.some(([, value]) => value !== null) ? (Object.fromEntries(values) as T) : null;
}

/** The values themselves, or the same inside `data`. */
function toWeather(weather: JsonValue, bad: BadPaths): Weather | null {
  if (!isGroup(weather)) return null;
  const { data: inner = null } = weather;
  return isGroup(inner)
    ? toGroup<Weather>(inner, 'weather.data', WEATHER, bad)
    : toGroup<Weather>(weather, 'weather', WEATHER, bad);
}

/** What an eye can take in of one picture; live values of everybody are held in memory and sent ten times a second. */
const SHOWN_OBJECTS = 50;
const SHOWN_CLASS_LENGTH = 64;

/** A score out of range is left out by its value: not every flag of a long list is kept. */
function toObjects(value: JsonValue): readonly DetectedObject[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  return value.slice(0, SHOWN_OBJECTS).flatMap((one: JsonValue) => {
    if (!isGroup(one) || typeof one.class !== 'string') return [];
    const { score } = one;
    const isScore = typeof score === 'number' && score >= 0 && score <= 1;
    return [{ class: one.class.slice(0, SHOWN_CLASS_LENGTH), score: isScore ? score : null }];
  });
}

function isMediaReference(value: JsonValue): value is JsonValue & MediaReference {
  if (!isGroup(value)) return false;
  return typeof value.sha256 === 'string' && typeof value.bytes === 'number' && typeof value.mime === 'string';
}
