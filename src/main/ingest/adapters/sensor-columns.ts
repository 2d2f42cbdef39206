import type { JsonObject, JsonValue } from '../../../common/model/frame';
import { fromRadians, given, toMeasure, toNumber, toText } from './values';

/** Which way the angles of a phone turn: the app passes on what the system says (its COORDINATES.md). */
export type Convention = 'android' | 'ios';

/** How values of one sensor get into a frame. */
interface SensorColumns {
  /** Null: there is nothing in them for a frame. */
  toColumns(values: JsonObject, convention: Convention): JsonObject | null;
  /** Values that the frame then holds; others are kept beside it. */
  readonly taken: readonly string[];
}

const PLACE = ['latitude', 'longitude', 'altitude', 'horizontalAccuracy', 'verticalAccuracy', 'bearing', 'speed'];
const AXES = ['x', 'y', 'z'];

/** Sensors that have a place in a frame, by name. Units: the app's UNITS.md. */
export const SENSOR_COLUMNS: ReadonlyMap<string, SensorColumns> = new Map<string, SensorColumns>([
  ['location', { toColumns: toPlace, taken: PLACE }],
  // All of it is kept too: the frame turns some angles around.
  ['orientation', { toColumns: toOrientation, taken: [] }],
  ['gyroscope', { toColumns: toRotation, taken: AXES }],
  ['accelerometer', { toColumns: toAcceleration, taken: AXES }],
  ['totalacceleration', { toColumns: toAcceleration, taken: AXES }],
  [
    'battery',
    {
      toColumns: ({ batteryLevel }) => given({ battery: toMeasure(batteryLevel) }),
      taken: ['batteryLevel'],
    },
  ],
  ['annotation', { toColumns: ({ text }) => given({ text: toText(text) }), taken: ['text'] }],
  ['camera', { toColumns: ({ image }) => given({ photoBase64: image }), taken: ['image'] }],
]);

function toPlace(values: JsonObject): JsonObject {
  const { latitude, longitude, altitude, horizontalAccuracy, verticalAccuracy, bearing, speed } = values;
  return {
    gps: {
      latitude: toNumber(latitude),
      longitude: toNumber(longitude),
      ...given({
        altitude: toNumber(altitude),
        accuracy: notNegative(horizontalAccuracy),
        altitudeAccuracy: notNegative(verticalAccuracy),
        heading: notNegative(bearing),
        speed: notNegative(speed),
      }),
    },
  };
}

/** "Negative values indicate it is invalid", says the app's UNITS.md of all of these. */
function notNegative(value: JsonValue | undefined): JsonValue {
  const number = toNumber(value);
  return typeof number === 'number' && number < 0 ? null : number;
}

/**
 * yaw, pitch and roll turn around z, x and y, as W3C's alpha, beta and gamma do; on Android yaw and pitch turn the other
 * way. Alpha counts from where the system's yaw does.
 */
function toOrientation({ yaw, pitch, roll }: JsonObject, convention: Convention): JsonObject | null {
  const turned = convention === 'android' ? -1 : 1;
  const alpha = fromRadians(yaw);
  const beta = fromRadians(pitch);
  return given({
    orientation: given({
      alpha: typeof alpha === 'number' ? (((turned * alpha) % 360) + 360) % 360 : alpha,
      // Plus 0: JSON has no minus zero.
      beta: typeof beta === 'number' ? turned * beta + 0 : beta,
      gamma: fromRadians(roll),
    }),
  });
}

/** Radians a second around the axes; W3C's alpha turns around z, beta around x, gamma around y. */
function toRotation({ x, y, z }: JsonObject): JsonObject | null {
  return given({
    motion: given({
      rotationAlpha: fromRadians(z),
      rotationBeta: fromRadians(x),
      rotationGamma: fromRadians(y),
    }),
  });
}

function toAcceleration({ x, y, z }: JsonObject): JsonObject | null {
  return given({
    motion: given({
      accelerationX: toNumber(x),
      accelerationY: toNumber(y),
      accelerationZ: toNumber(z),
    }),
  });
}
