import type { TFunction } from 'i18next';
import type { Motion, Orientation } from '../../../common/model/readings';

const MINUS = '\u2212';
const formatters = new Map<string, Intl.NumberFormat>();

/** A number as the language writes it. A formatter is dear to make and cheap to keep. */
export function formatNumber(language: string, value: number, options: Intl.NumberFormatOptions = {}): string {
  const key = `${language} ${JSON.stringify(options)}`;
  const formatter = formatters.get(key) ?? new Intl.NumberFormat(language, options);
  formatters.set(key, formatter);
  return formatter.format(value);
}

/** `now`, `2 s ago`, `3 min ago`, `2 h ago`. Never negative: clocks are set while a page is open. */
export function formatAge(t: TFunction, ageMs: number): string {
  const seconds = Math.max(0, Math.round(ageMs / 1000));
  if (seconds < 1) return t('age.now');
  if (seconds < 60) return t('age.seconds', { n: seconds });
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? t('age.minutes', { n: minutes }) : t('age.hours', { n: Math.floor(minutes / 60) });
}

/** Radius of the accuracy circle, with whole metres from 10 m up. */
export function formatAccuracy(language: string, metres: number | null): string {
  if (metres === null) return '± ?';
  const digits = metres < 10 ? 1 : 0;
  return `±${formatNumber(language, metres, { style: 'unit', unit: 'meter', maximumFractionDigits: digits })}`;
}

/** Degrees with five decimals: about a metre. The same in every language: coordinates are copied and read out. */
export const formatDegrees = (degrees: number): string => degrees.toFixed(5).replace('-', MINUS);

/** Where the top of the phone points, or how it is held when north is unknown. null: it cannot be told. */
export function formatOrientation(t: TFunction, { alpha, beta, absolute }: Orientation): string | null {
  if (absolute && alpha !== null) {
    const heading = Math.round(360 - alpha) % 360;
    const names = t('sensor.compass').split(' ');
    return `${heading}° ${names[Math.round(heading / 45) % 8] ?? ''}`;
  }
  return beta === null ? null : t('sensor.tilt', { degrees: String(Math.round(beta)).replace('-', MINUS) });
}

/** The size of the acceleration, gravity included: 9.8 at rest. null: it cannot be told. */
export function formatMotion(
  language: string,
  { accelerationX: x, accelerationY: y, accelerationZ: z }: Motion,
): string | null {
  if (x === null || y === null || z === null) return null;
  return `${formatNumber(language, Math.hypot(x, y, z), { minimumFractionDigits: 1, maximumFractionDigits: 1 })} m/s²`;
}

/** @param level 0 to 1 */
export const formatBattery = (language: string, level: number): string =>
  formatNumber(language, level, { style: 'percent', maximumFractionDigits: 0 });

/** Metres a second as kilometres an hour. */
export const formatSpeed = (language: string, metresPerSecond: number): string =>
  formatNumber(language, metresPerSecond * 3.6, {
    style: 'unit',
    unit: 'kilometer-per-hour',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });

/** `0.7 s`, `12 s`: a wait worth telling. */
export const formatSeconds = (language: string, ms: number): string =>
  formatNumber(language, ms / 1000, {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'narrow',
    maximumFractionDigits: ms < 10_000 ? 1 : 0,
  });

/** `0:07`, `12:30`: how long a sound is. */
export function formatTimer(language: string, ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const rest = formatNumber(language, seconds % 60, { minimumIntegerDigits: 2 });
  return `${formatNumber(language, Math.floor(seconds / 60))}:${rest}`;
}

/** The time of day, as the phone's owner reads it. `atMs`: device clock, ms since the epoch. */
export const formatClock = (language: string, atMs: number): string =>
  new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' }).format(atMs);

/** Whole megabytes, the smaller of what people think in. */
export const formatBytes = (language: string, bytes: number): string =>
  formatNumber(language, bytes / 1e6, { style: 'unit', unit: 'megabyte', maximumFractionDigits: bytes < 1e7 ? 1 : 0 });
