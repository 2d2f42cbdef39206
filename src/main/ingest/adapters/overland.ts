import type { JsonObject, JsonValue } from '../../../common/model/frame';
import { fault } from '../fault';
import type { App, AppMessage, AppRequest } from './app-message';
import { given, toMeasure, toNumber, toObject, toText, toTime } from './values';

/** Overland: https://github.com/aaronpk/Overland-iOS#api. `current` and `trip` repeat what comes as a location. */
export const OVERLAND: App = {
  source: 'overland',
  path: '/overland',
  methods: ['POST'],
  answer: { result: 'ok' },
  // What is sent again goes in a batch of another size.
  changing: ['locations_in_payload'],
  read,
};

function read({ json }: AppRequest): AppMessage {
  const { locations } = toObject(json, 'the message');
  if (!Array.isArray(locations)) throw fault('locations', 'must be an array', locations, 'invalid_message');
  const features = locations.map((one: unknown, index) => toObject(one, `locations[${index}]`));
  const said = (name: string): string | null => firstText(features, name);
  const name = said('device_id');
  return { id: name ?? said('unique_id'), name, frames: features.map(toFrame) };
}

/** The id is a setting of the app: the same in every location that has one. */
function firstText(features: readonly JsonObject[], name: string): string | null {
  for (const { properties } of features) {
    const text = isObject(properties) ? toText(properties[name]) : null;
    if (text !== null) return text;
  }
  return null;
}

function toFrame({ geometry, properties }: JsonObject): JsonObject {
  const members = toObject(properties ?? {}, 'properties');
  const { timestamp, altitude, horizontal_accuracy, vertical_accuracy, course, speed, battery_level, ...rest } =
    members;
  const place = isEvent(members) ? null : placeOf(geometry);
  const gps = place && {
    latitude: place.latitude,
    longitude: place.longitude,
    ...given({
      altitude: toNumber(altitude ?? place.altitude),
      accuracy: toMeasure(horizontal_accuracy),
      altitudeAccuracy: toMeasure(vertical_accuracy),
      heading: toMeasure(course),
      speed: toMeasure(speed),
    }),
  };
  return {
    ...given({ timestamp: toTime(timestamp) }),
    ...given({ gps, battery: toMeasure(battery_level) }),
    ...given({ overland: gps ? rest : { ...members, ...given({ geometry }) } }),
  };
}

/** Trips and visits are told when they are over: their place is not where the phone is. */
const isEvent = ({ type, action }: JsonObject): boolean => toText(type) !== null || toText(action) !== null;

interface Place {
  readonly latitude: JsonValue;
  readonly longitude: JsonValue;
  readonly altitude: JsonValue;
}

/** GeoJSON order (RFC 7946, section 3.1.1): longitude first; early versions sent an object. */
function placeOf(geometry: JsonValue | undefined): Place | null {
  if (!isObject(geometry)) return null;
  const { coordinates } = geometry;
  const [longitude, latitude, altitude] = Array.isArray(coordinates)
    ? (coordinates as readonly JsonValue[])
    : isObject(coordinates)
      ? [coordinates.longitude, coordinates.latitude]
      : [];
  return {
    latitude: toNumber(latitude),
    longitude: toNumber(longitude),
    altitude: altitude ?? null,
  };
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
