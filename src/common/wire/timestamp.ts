// RFC 3339, section 5.6, ranges included. Date.parse alone would take "1", "Tue", local times and 24:00.
const RFC3339 =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** The greatest time ECMAScript's Date can hold, ms (ECMA-262, 21.4.1.1). */
const MAX_MS = 8.64e15;

/** A time stamp of a phone: RFC 3339 text or ms since the epoch. @returns whole ms, or null when it is none. */
export function toMs(value: unknown): number | null {
  if (typeof value === 'number') return Math.abs(value) <= MAX_MS ? Math.floor(value) : null;
  if (typeof value !== 'string') return null;
  return plainToMs(value) ?? anyToMs(value);
}

const PLAIN_FORM = '0000-00-00T00:00:00.000Z';
const ZERO = PLAIN_FORM.charCodeAt(0);

/**
 * The form that `Date.prototype.toISOString` writes, as every page sends it, digit by digit: with each frame the regular
 * expression would cost a third of parsing the frame. null: another form, or none.
 */
function plainToMs(text: string): number | null {
  if (text.length !== PLAIN_FORM.length) return null;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const form = PLAIN_FORM.charCodeAt(at);
    if (form === ZERO ? code < ZERO || code > ZERO + 9 : code !== form) return null;
  }
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  // Date.UTC takes years below 100 for others.
  if (year < 100 || !isDay(year, month, day) || hour > 23 || minute > 59 || second > 59) return null;
  return Date.UTC(year, month - 1, day, hour, minute, second, digits(text, 20, 3));
}

function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at += 1) value = value * 10 + text.charCodeAt(at) - ZERO;
  return value;
}

function anyToMs(value: string): number | null {
  const [, year, month, day] = RFC3339.exec(value) ?? [];
  if (!isDay(Number(year), Number(month), Number(day))) return null;
  const ms = Date.parse(/[a-z ]/.test(value) ? value.toUpperCase().replace(' ', 'T') : value);
  return Number.isNaN(ms) ? null : ms;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Date.parse takes 30 February for 2 March. */
function isDay(year: number, month: number, day: number): boolean {
  const isLeapDay = month === 2 && day === 29 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return isLeapDay || (day >= 1 && day <= (DAYS[month - 1] ?? 0));
}
