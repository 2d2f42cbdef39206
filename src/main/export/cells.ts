import type { JsonValue } from '../../common/model/frame';

/** Years 0000 to 9999: what RFC 3339 can write. */
const FIRST_MS = Date.parse('0000-01-01T00:00:00.000Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

// A spreadsheet takes a cell that begins so for a formula (https://owasp.org/www-community/attacks/CSV_Injection).
const FORMULA = /^[=+\-@\t\r]/;

/** A text cell; null is empty. A leading apostrophe keeps a spreadsheet from running it. */
export function textCell(value: string | null): string {
  if (value === null) return '';
  return FORMULA.test(value) ? `'${value}` : value;
}

/** A number cell: the shortest decimal that reads back as the same double (ECMA-262, Number::toString); null is empty. */
export function numberCell(value: number | null): string {
  return value === null ? '' : String(value);
}

/** UTC, RFC 3339 with milliseconds; empty for null and outside of the years that it can write. */
export function timeCell(ms: number | null): string {
  return ms === null || ms < FIRST_MS || ms > LAST_MS ? '' : new Date(ms).toISOString();
}

/** A JSON cell; null is empty. */
export function jsonCell(value: JsonValue): string {
  return value === null ? '' : textCell(JSON.stringify(value));
}
