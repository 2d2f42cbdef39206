import type { JsonObject, JsonValue } from '../../../common/model/frame';
import { toMs } from '../../../common/wire/timestamp';
import { fault } from '../fault';
import type { App, AppMessage, AppRequest } from './app-message';
import { type Convention, SENSOR_COLUMNS } from './sensor-columns';
import { given, toNumber, toObject, toText } from './values';

/** Sensor Logger, HTTP push: https://github.com/tszheichoi/awesome-sensor-logger (PUSHING.md, UNITS.md). */
export const SENSORLOGGER: App = {
  source: 'sensorlogger',
  path: '/sensorlogger',
  methods: ['POST'],
  answer: null,
  changing: [],
  read,
};

/** Members of a reading that are not of its sensor. */
const ENVELOPE: ReadonlySet<string> = new Set(['name', 'time', 'values']);

/** One value of one sensor. */
interface SensorReading {
  readonly name: string;
  readonly atMs: number;
  readonly values: JsonObject;
  /** As it came. */
  readonly sent: JsonObject;
}

/**
 * Readings this near in time become one frame. Sensors tick at their own moments, up to 100 times a second and more: a
 * frame for each would be ten times what a phone may send.
 */
const WINDOW_MS = 100;

/** Readings of one frame: what ten sensors send in a window, and well below the limit of unknown fields. */
const MAX_READINGS = 100;

function read(request: AppRequest): AppMessage {
  const { messageId, sessionId, deviceId, payload } = toObject(request.json, 'the message');
  if (!Array.isArray(payload)) throw fault('payload', 'must be an array', payload, 'invalid_message');
  const readings = payload.map((one: unknown, index) => toReading(one, `payload[${index}]`));
  const origin = given({ messageId, sessionId });
  // Only the Android app's HTTP library says its name like this.
  const convention = request.header('user-agent')?.startsWith('okhttp') ? 'android' : 'ios';
  return { id: toText(deviceId), name: null, frames: merge(readings).map((one) => toFrame(one, origin, convention)) };
}

function toReading(value: unknown, path: string): SensorReading {
  const sent = toObject(value, path);
  const { name, time, values } = sent;
  if (typeof name !== 'string') throw fault(`${path}.name`, 'must be a string', name, 'invalid_message');
  const ns = toNumber(time);
  // To the microsecond: so many digits are not exact as a JavaScript number, and would fall below a whole ms.
  const atMs = typeof ns === 'number' ? toMs(Math.round(ns / 1e3) / 1e3) : null;
  if (atMs === null) throw fault(`${path}.time`, 'must be nanoseconds since 1970', time, 'invalid_message');
  return { name: name.toLowerCase(), atMs, values: toObject(values ?? sent, `${path}.values`), sent };
}

/** Groups readings by time, each group at most one window long and with one picture at most. */
function merge(readings: readonly SensorReading[]): readonly (readonly SensorReading[])[] {
  const groups: SensorReading[][] = [];
  for (const reading of [...readings].sort((a, b) => a.atMs - b.atMs)) {
    const group = groups.at(-1);
    if (group && belongs(reading, group)) group.push(reading);
    else groups.push([reading]);
  }
  return groups;
}

function belongs(reading: SensorReading, group: readonly SensorReading[]): boolean {
  const windowOf = ({ atMs }: SensorReading): number => Math.floor(atMs / WINDOW_MS);
  const [first] = group;
  if (first === undefined || windowOf(first) !== windowOf(reading) || group.length >= MAX_READINGS) return false;
  return reading.name !== 'camera' || !group.some(({ name }) => name === 'camera');
}

/** The newest value of each sensor has a place in the frame; what has none is kept as it came. */
function toFrame(group: readonly SensorReading[], origin: JsonObject | null, convention: Convention): JsonObject {
  // A position is worth nothing without its very time; of other values the newest tells.
  const clock = group.findLast(({ name }) => name === 'location') ?? group.at(-1);
  let frame: JsonObject = { timestamp: clock?.atMs ?? null };
  const rest = new Map<SensorReading, JsonObject | null>(group.map((reading) => [reading, reading.sent]));
  for (const reading of newestOfEach(group)) {
    const sensor = SENSOR_COLUMNS.get(reading.name);
    const columns = sensor?.toColumns(reading.values, convention);
    if (!sensor || !columns) continue;
    frame = combine(frame, columns);
    rest.set(reading, leftOf(reading, sensor.taken));
  }
  const readings = [...rest.values()].filter((left) => left !== null);
  return {
    ...frame,
    ...given({ sensorlogger: given({ ...origin, readings: readings.length > 0 ? readings : null }) }),
  };
}

/**
 * `accelerometer` is without gravity. Android phones may send `totalacceleration` beside it, which is what a phone page
 * sends, and then has the place in the frame.
 */
function newestOfEach(group: readonly SensorReading[]): readonly SensorReading[] {
  const newest = new Map(group.map((reading) => [reading.name, reading]));
  if (newest.has('totalacceleration')) newest.delete('accelerometer');
  return [...newest.values()];
}

/** A reading less the values that the frame holds; null when it says nothing more. */
function leftOf({ sent, values }: SensorReading, taken: readonly string[]): JsonObject | null {
  const left = Object.fromEntries(Object.entries(values).filter(([name]) => !taken.includes(name)));
  const isSaying = Object.keys({ ...sent, ...left }).some((name) => !ENVELOPE.has(name) && !taken.includes(name));
  if (!isSaying) return null;
  return values === sent ? left : { ...sent, values: left };
}

/** Acceleration and rotation come from two sensors and are one group of a frame. */
function combine(frame: JsonObject, columns: JsonObject): JsonObject {
  const motion = { ...asGroup(frame.motion), ...asGroup(columns.motion) };
  return { ...frame, ...columns, ...given({ motion }) };
}

const asGroup = (value: JsonValue | undefined): JsonObject => (value ?? {}) as JsonObject;
