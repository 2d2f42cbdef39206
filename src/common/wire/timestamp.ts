// RFC 3339 section 5.6. Date.parse alone would take "1", "Tue" and local times.
const RFC3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/** The greatest time ECMAScript's Date can hold, ms (ECMA-262, 21.4.1.1). */
const MAX_MS = 8.64e15;

/** A time stamp of a phone: RFC 3339 text or ms since the epoch. @returns whole ms, or null when it is none. */
export function toMs(value: unknown): number | null {
  if (typeof value === 'number') return Math.abs(value) <= MAX_MS ? Math.floor(value) : null;
  if (typeof value !== 'string' || !RFC3339.test(value)) return null;
  const ms = Date.parse(value.toUpperCase().replace(' ', 'T'));
  return Number.isNaN(ms) ? null : ms;
}
