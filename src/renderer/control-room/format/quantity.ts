/** What is shown where a phone gave no value. */
export const MISSING = '–';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0, useGrouping: 'min2' });

/** A count; thousands are set apart from five digits on: 9531, 12,043. */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** A value with its unit and a fixed number of decimals, or {@link MISSING}: "4.0 km/h", "61%". */
export function formatQuantity(value: number | null, unit: string, decimals = 0): string {
  if (value === null) return MISSING;
  return `${value.toFixed(decimals)}${unit === '%' ? '' : ' '}${unit}`;
}

/** "850 m", "12.43 km". */
export function formatDistance(metres: number): string {
  return metres < 999.5 ? `${Math.round(metres)} m` : `${(metres / 1000).toFixed(2)} km`;
}

/** "812 B", "14.2 kB", "3.1 MB", "1.20 GB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1e3) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(2)} GB`;
}

/** Latitude and longitude as other programs take them: "47.611200, -122.324600". Six decimals are 11 cm. */
export function formatLatLon(latitude: number, longitude: number): string {
  return `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`;
}

const POINTS = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'] as const;

/** "42° NE"; degrees clockwise from north. */
export function formatBearing(degrees: number | null): string {
  if (degrees === null) return MISSING;
  const point = POINTS[Math.round(degrees / 45) % 8] ?? 'N';
  return `${Math.round(degrees) % 360}° ${point}`;
}
