import type { Motion, Orientation } from '../../../common/model/readings';

const COMPASS = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'] as const;
const MINUS = '\u2212';

/** `now`, `2 s ago`, `3 min ago`, `2 h ago`. Never negative: clocks are set while a page is open. */
export function formatAge(ageMs: number): string {
  const seconds = Math.max(0, Math.round(ageMs / 1000));
  if (seconds < 1) return 'now';
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ago` : `${Math.floor(minutes / 60)} h ago`;
}

/** Radius of the accuracy circle, with whole metres from 10 m up. */
export function formatAccuracy(metres: number | null): string {
  if (metres === null) return '± ?';
  return metres < 10 ? `±${Number(metres.toFixed(1))} m` : `±${Math.round(metres)} m`;
}

/** Degrees with five decimals: about a metre. */
export const formatDegrees = (degrees: number): string => degrees.toFixed(5).replace('-', MINUS);

/** Where the top of the phone points, or how it is held when north is unknown. */
export function formatOrientation({ alpha, beta, absolute }: Orientation): string {
  if (absolute && alpha !== null) {
    const heading = Math.round(360 - alpha) % 360;
    return `${heading}° ${COMPASS[Math.round(heading / 45) % 8] ?? ''}`;
  }
  return beta === null ? 'on' : `tilt ${Math.round(beta)}°`.replace('-', MINUS);
}

/** The size of the acceleration, gravity included: 9.8 at rest. */
export function formatMotion({ accelerationX: x, accelerationY: y, accelerationZ: z }: Motion): string {
  return x === null || y === null || z === null ? 'on' : `${Math.hypot(x, y, z).toFixed(1)} m/s²`;
}

export const formatBattery = (level: number): string => `${Math.round(level * 100)} %`;

/** Metres a second as kilometres an hour. */
export const formatSpeed = (metresPerSecond: number): string => `${(metresPerSecond * 3.6).toFixed(1)} km/h`;

/** `0.7 s`, `12 s`: a wait worth telling. */
export const formatSeconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
