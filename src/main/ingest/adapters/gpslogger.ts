import type { JsonObject, JsonValue } from '../../../common/model/frame';
import type { App, AppMessage, AppRequest } from './app-message';
import { fromPercent, given, toMeasure, toNumber, toObject, toText, toTime } from './values';

/**
 * GPSLogger for Android, "Log to custom URL": its placeholders under the names of its own example, or all of them
 * (`%ALL`). https://gpslogger.app/ (FAQ, custom URL).
 */
export const GPSLOGGER: App = {
  source: 'gpslogger',
  path: '/gpslogger',
  methods: ['GET', 'POST'],
  answer: null,
  changing: [],
  read,
};

/** Names of a value, the first that is there wins. */
const NAMES = {
  latitude: ['lat', 'latitude'],
  longitude: ['lon', 'long', 'longitude'],
  altitude: ['alt', 'altitude'],
  accuracy: ['acc', 'accuracy'],
  heading: ['dir', 'direction', 'bearing'],
  speed: ['s', 'spd', 'speed'],
  battery: ['batt', 'battery'],
  time: ['time', 'timeoffset', 'timestamp'],
  text: ['desc', 'annotation'],
  id: ['id', 'ser', 'aid'],
} as const;

const KNOWN: ReadonlySet<string> = new Set(Object.values(NAMES).flat());

function read(request: AppRequest): AppMessage {
  const values = valuesOf(request);
  const pick = (names: readonly string[]): JsonValue | undefined =>
    names.map((name) => values[name]).find((one) => toText(one));
  const frame: JsonObject = {
    ...given({ timestamp: toTime(pick(NAMES.time)) }),
    gps: {
      latitude: toNumber(pick(NAMES.latitude)),
      longitude: toNumber(pick(NAMES.longitude)),
      ...given({
        altitude: toNumber(pick(NAMES.altitude)),
        accuracy: toMeasure(pick(NAMES.accuracy)),
        heading: toMeasure(pick(NAMES.heading)),
        speed: toMeasure(pick(NAMES.speed)),
      }),
    },
    ...given({
      battery: fromPercent(pick(NAMES.battery)),
      text: toText(pick(NAMES.text)),
      gpslogger: Object.fromEntries(Object.entries(values).filter(([name, value]) => !KNOWN.has(name) && value !== '')),
    }),
  };
  return { id: idOf(values), name: null, frames: [frame] };
}

/** From the query and the form, or from a JSON body, which users write themselves with the same placeholders. */
function valuesOf({ fields, json }: AppRequest): JsonObject {
  const said = [...fields].map(([name, [value]]) => [name.toLowerCase(), value ?? null] as const);
  return { ...Object.fromEntries(said), ...(json === undefined ? {} : toObject(json, 'the message')) };
}

/** Since Android 8 an app is told no serial number: every phone says "unknown". The Android id then tells it from others. */
function idOf(values: JsonObject): string | null {
  const ids = NAMES.id.map((name) => toText(values[name]));
  return ids.find((id) => id !== null && id.toLowerCase() !== 'unknown') ?? null;
}
