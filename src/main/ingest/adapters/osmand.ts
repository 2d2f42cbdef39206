import type { JsonObject, JsonValue } from '../../../common/model/frame';
import { fault } from '../fault';
import type { App, AppMessage, AppRequest } from './app-message';
import { fromKnots, fromPercent, given, toMeasure, toNumber, toObject, toText, toTime } from './values';

/** Traccar Client and OsmAnd: https://www.traccar.org/osmand/. */
export const OSMAND: App = {
  source: 'osmand',
  path: '/osmand',
  methods: ['GET', 'POST'],
  answer: null,
  changing: [],
  read: (request) => (request.json === undefined ? readFields(request.fields) : readJson(request.json)),
};

/** Fields that have a place in a frame, or say whose it is. */
const KNOWN: ReadonlySet<string> = new Set([
  ...['id', 'deviceid', 'timestamp', 'lat', 'lon', 'location', 'valid'],
  ...['speed', 'bearing', 'heading', 'altitude', 'accuracy', 'batt'],
]);

/** Query and form: speed in knots, battery in percent. */
function readFields(fields: AppRequest['fields']): AppMessage {
  const one = (name: string): string | undefined => fields.get(name)?.[0];
  const [latitude, longitude] = one('location')?.split(',') ?? [one('lat'), one('lon')];
  const isNowhere = !toText(latitude) && !toText(longitude);
  // The place of an invalid fix is an old one: kept, but not as where the phone is.
  const isInvalid = ['false', '0'].includes(one('valid')?.toLowerCase() ?? '');
  const gps = {
    latitude: toNumber(latitude),
    longitude: toNumber(longitude),
    ...given({
      altitude: toNumber(one('altitude')),
      accuracy: toMeasure(one('accuracy')),
      heading: toMeasure(one('bearing') ?? one('heading')),
      speed: fromKnots(one('speed')),
    }),
  };
  const rest = [...fields].filter(([name]) => isInvalid || !KNOWN.has(name)).map(toMember);
  const frame: JsonObject = {
    ...given({ timestamp: toTime(one('timestamp')), battery: fromPercent(one('batt')) }),
    ...(isNowhere || isInvalid ? {} : { gps }),
    ...toCall(one('alarm')),
    ...given({ osmand: Object.fromEntries(rest) }),
  };
  const id = toText(one('id')) ?? toText(one('deviceid'));
  return { id, name: id, frames: [frame] };
}

/** The SOS button of Traccar Client is a call for help like any other. The app has none to end it: `alarm=none` does. */
const toCall = (alarm: unknown): JsonObject =>
  alarm === 'sos' || alarm === 'none' ? { captureMethod: 'sos', sos: { active: alarm === 'sos' } } : {};

const toMember = ([name, values]: readonly [string, readonly string[]]): [string, JsonValue] => [
  name,
  values.length === 1 ? (values[0] ?? null) : values,
];

/** Traccar Client from 9.0: m/s, battery 0 to 1; -1 for what the phone does not know. */
function readJson(json: unknown): AppMessage {
  const { device_id, location } = toObject(json, 'the message');
  if (location === undefined || location === null) {
    throw fault('location', 'must be a JSON object', undefined, 'invalid_message');
  }
  const id = toText(device_id);
  const locations: readonly unknown[] = Array.isArray(location) ? location : [location];
  return { id, name: id, frames: locations.map(toFrame) };
}

function toFrame(location: unknown): JsonObject {
  const { timestamp, coords, battery, extras, ...rest } = toObject(location, 'location');
  const { latitude, longitude, altitude, accuracy, altitude_accuracy, heading, speed, ...otherCoords } = toObject(
    coords,
    'location.coords',
  );
  const alarm = typeof extras === 'object' && extras !== null && 'alarm' in extras ? extras.alarm : rest.alarm;
  const { level, ...otherBattery } = toObject(battery ?? {}, 'location.battery');
  return {
    ...given({ timestamp: toTime(timestamp) }),
    gps: {
      latitude: toNumber(latitude),
      longitude: toNumber(longitude),
      ...given({
        altitude: toNumber(altitude),
        accuracy: toMeasure(accuracy),
        altitudeAccuracy: toMeasure(altitude_accuracy),
        heading: toMeasure(heading),
        speed: toMeasure(speed),
      }),
    },
    ...toCall(alarm),
    ...given({
      battery: toMeasure(level),
      osmand: given({ ...rest, extras, coords: otherCoords, battery: otherBattery }),
    }),
  };
}
