import { jsonCell, numberCell, textCell, timeCell } from './cells';
import type { ExportRow } from './export-row';
import { isObject, Remainder } from './remainder';

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
const WEATHER = ['temperature', 'humidity', 'windSpeed', 'windDirection', 'precipitation', 'cloudCover', 'weatherCode'];

/** The cells of one frame, one for each of {@link CSV_COLUMNS}. */
export function toCsvCells(row: ExportRow): string[] {
  const rest = new Remainder(row.body);
  dropTold(rest, row);
  const weather = isObject(rest.peek(['weather', 'data'])) ? ['weather', 'data'] : ['weather'];
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
    ...takeNumbers(rest, ['gps'], GPS),
    ...takeNumbers(rest, ['orientation'], ORIENTATION),
    ...takeNumbers(rest, ['motion'], ACCELERATION),
    ...takeNumbers(rest, ['motion'], ROTATION),
    ...takeNumbers(rest, weather, WEATHER),
    numberCell(row.batteryPct),
    jsonCell(rest.take(['objectsDetected']) ?? null),
    jsonCell(rest.take(['colorPalette']) ?? null),
    takeMedia(rest, 'photo', row),
    takeMedia(rest, 'audio', row),
    takeText(rest, 'text'),
    takeText(rest, 'captureMethod'),
    textCell(row.source),
    textCell(row.flags),
    textCell(rest.toJson()),
  ];
}

// Time and battery of the frame are in columns of the row; a value that did not get there stays in `extra`.
function dropTold(rest: Remainder, row: ExportRow): void {
  if (row.capturedAtMs !== null) rest.take(['timestamp']);
  const battery = rest.peek(['battery']);
  const isTold = row.batteryPct !== null && typeof battery === 'number' && battery >= 0 && battery <= 1;
  if (isTold) rest.take(['battery']);
}

function takeNumbers(rest: Remainder, parent: readonly string[], keys: readonly string[]): string[] {
  return keys.map((key) => {
    const path = [...parent, key];
    const value = rest.peek(path);
    if (typeof value !== 'number') return '';
    rest.take(path);
    return numberCell(value);
  });
}

function takeText(rest: Remainder, key: string): string {
  const value = rest.peek([key]);
  if (typeof value !== 'string') return '';
  rest.take([key]);
  return textCell(value);
}

function takeMedia(rest: Remainder, key: string, row: ExportRow): string {
  const sha256 = rest.peek([key, 'sha256']);
  const file = row.media.find((one) => one.sha256 === sha256);
  if (file === undefined) return '';
  rest.take([key]);
  return `media/${file.sha256}.${file.extension}`;
}
