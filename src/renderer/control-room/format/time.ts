const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, short: "0 s", "59 s", "12 min", "3 h", "2 d". Never negative: clocks differ by a little. */
export function formatAge(ageMs: number): string {
  const age = Math.max(0, ageMs);
  if (age < MINUTE) return `${Math.floor(age / SECOND)} s`;
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min`;
  if (age < DAY) return `${Math.floor(age / HOUR)} h`;
  return `${Math.floor(age / DAY)} d`;
}

/** A duration as a clock: "0:07", "12:43", "3:02:11". */
export function formatDuration(durationMs: number): string {
  const seconds = Math.floor(Math.max(0, durationMs) / SECOND);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** Date and time of day where the operator is: "21 Nov, 23:10"; with the year when it is another one. */
export function formatMoment(atMs: number, nowMs: number): string {
  const isThisYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear();
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  }).format(atMs);
}

/** A short time: "40 ms", "2.1 s", "3 min", "4 h". The sign stays. */
export function formatDelay(delayMs: number): string {
  const size = Math.abs(delayMs);
  if (size < SECOND) return `${Math.round(delayMs)} ms`;
  if (size < MINUTE) return `${(delayMs / SECOND).toFixed(1)} s`;
  if (size < HOUR) return `${Math.round(delayMs / MINUTE)} min`;
  return `${Math.round(delayMs / HOUR)} h`;
}
