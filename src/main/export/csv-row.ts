import type { JsonObject, JsonValue } from '../../common/model/frame';
import { jsonCell, numberCell, textCell, timeCell } from './cells';
import type { ExportRow } from './export-row';
import { isEmpty, isObject, remainderOf, type Told } from './remainder';

/** The columns, in order (docs/wire-protocol.md, section 8). */
export const CSV_COLUMNS = [
  ...['frame_id', 'session_id', 'session_name', 'device_id', 'device_name'],
  ...['captured_at', 'captured_at_ms', 'received_at', 'received_at_ms', 'corrected_at_ms'],
  ...['latitude_deg', 'longitude_deg', 'altitude_m', 'accuracy_m', 'altitude_accuracy_m', 'heading_deg', 'speed_mps'],
  ...['alpha_deg', 'beta_deg', 'gamma_deg'],
  ...['acceleration_x_mps2', 'acceleration_y_mps2', 'acceleration_z_mps2'],
  ...['rotation_alpha_dps', 'rotation_beta_dps', 'rotation_gamma_dps'],
  ...['temperature_c', 'humidity_pct', 'wind_speed_kmh', 'wind_direction_deg'],
  ...['precipitation_mm', 'cloud_cover_pct', 'weather_code'],
  ...['battery_pct', 'objects_detected', 'color_palette', 'photo', 'audio', 'text', 'capture_method'],
  ...['source', 'flags', 'extra'],
] as const;

// Members of the stored frame in the order of their columns.
const GPS = ['latitude', 'longitude', 'altitude', 'accuracy', 'altitudeAccuracy', 'heading', 'speed'];
const ORIENTATION = ['alpha', 'beta', 'gamma'];
const ACCELERATION = ['accelerationX', 'accelerationY', 'accelerationZ'];
const ROTATION = ['rotationAlpha', 'rotationBeta', 'rotationGamma'];
const MOTION = [...ACCELERATION, ...ROTATION];
const WEATHER = ['temperature', 'humidity', 'windSpeed', 'windDirection', 'precipitation', 'cloudCover', 'weatherCode'];

const numbers = (keys: readonly string[]): Told => Object.fromEntries(keys.map((key) => [key, 'number']));

const TOLD: Told = {
  gps: numbers(GPS),
  orientation: numbers(ORIENTATION),
  motion: numbers(MOTION),
  weather: numbers(WEATHER),
  objectsDetected: 'any',
  colorPalette: 'any',
  text: 'string',
  captureMethod: 'string',
};
const TOLD_WEATHER_IN_DATA: Told = { data: numbers(WEATHER) };

/** The cells of one frame, one for each of {@link CSV_COLUMNS}. */
export function toCsvCells(row: ExportRow): string[] {
  const frame = JSON.parse(row.body) as JsonObject;
  const { gps, orientation, motion, weather } = frame;
  const photo = mediaCell(frame.photo, row);
  const audio = mediaCell(frame.audio, row);
  return [
    numberCell(row.frameId),
    textCell(row.sessionId),
    textCell(row.sessionName),
    textCell(row.deviceId),
    textCell(row.deviceName),
    timeCell(row.capturedAtMs),
    numberCell(row.capturedAtMs),
    timeCell(row.receivedAtMs),
    numberCell(row.receivedAtMs),
    numberCell(row.correctedAtMs),
    ...numberCells(gps, GPS),
    ...numberCells(orientation, ORIENTATION),
    ...numberCells(motion, MOTION),
    ...numberCells(hasData(weather) ? weather.data : weather, WEATHER),
    numberCell(row.batteryPct),
    jsonCell(frame.objectsDetected ?? null),
    jsonCell(frame.colorPalette ?? null),
    photo,
    audio,
    typeof frame.text === 'string' ? textCell(frame.text) : '',
    typeof frame.captureMethod === 'string' ? textCell(frame.captureMethod) : '',
    textCell(row.source),
    textCell(row.flags),
    extraCell(frame, toldBy(row, frame, { photo, audio })),
  ];
}

// What the row told of the frame; a value that did not get into a column stays in `extra`.
function toldBy(row: ExportRow, frame: JsonObject, media: { photo: string; audio: string }): Told {
  const told: { [member: string]: Told[string] } = { ...TOLD };
  const { battery } = frame;
  if (row.capturedAtMs !== null) told.timestamp = 'any';
  if (row.batteryPct !== null && typeof battery === 'number' && battery >= 0 && battery <= 1) told.battery = 'any';
  if (hasData(frame.weather)) told.weather = TOLD_WEATHER_IN_DATA;
  if (media.photo !== '') told.photo = 'any';
  if (media.audio !== '') told.audio = 'any';
  return told;
}

function extraCell(frame: JsonObject, told: Told): string {
  const rest = remainderOf(frame, told);
  return isEmpty(rest) ? '' : textCell(JSON.stringify(rest));
}

function numberCells(value: JsonValue | undefined, keys: readonly string[]): string[] {
  return keys.map((key) => {
    const member = isObject(value) ? value[key] : null;
    return typeof member === 'number' ? numberCell(member) : '';
  });
}

function mediaCell(value: JsonValue | undefined, row: ExportRow): string {
  const file = isObject(value) ? row.media.find((one) => one.sha256 === value.sha256) : undefined;
  return file === undefined ? '' : `media/${file.sha256}.${file.extension}`;
}

/** The Pocket Parrot page sends its weather so. */
function hasData(weather: JsonValue | undefined): weather is { readonly data: JsonObject } {
  return isObject(weather) && isObject(weather.data);
}
