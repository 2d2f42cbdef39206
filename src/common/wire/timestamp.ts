// RFC 3339, section 5.6, ranges included. Date.parse alone would take "1", "Tue", local times and 24:00.
const RFC3339 =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))[Tt ](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** The greatest time ECMAScript's Date can hold, ms (ECMA-262, 21.4.1.1). */
const MAX_MS = 8.64e15;

/** A time stamp of a phone: RFC 3339 text or ms since the epoch. @returns whole ms, or null when it is none. */
export function toMs(value: unknown): number | null {
  if (typeof value === 'number') return Math.abs(value) <= MAX_MS ? Math.floor(value) : null;
  if (typeof value !== 'string') return null;
  const [, day] = RFC3339.exec(value) ?? [];
  if (day === undefined || !isDay(day)) return null;
  const ms = Date.parse(/[a-z ]/.test(value) ? value.toUpperCase().replace(' ', 'T') : value);
  return Number.isNaN(ms) ? null : ms;
}

/** Date.parse takes 30 February for 2 March. */
const isDay = (day: string): boolean =>
  Number(day.slice(8)) <= 28 || new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
