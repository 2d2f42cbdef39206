import type { IngestErrorCode } from '../../common/wire/ingest';
import { ProtocolError } from '../../common/wire/protocol-error';

/** Longest piece of a bad value that is repeated back to its sender. */
const SHOWN_LENGTH = 40;

/** A value in a sentence: short, one line, never the whole of a hostile text. */
function show(value: unknown): string {
  if (typeof value === 'string')
    return JSON.stringify(value.length > SHOWN_LENGTH ? `${value.slice(0, SHOWN_LENGTH)}…` : value);
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

/** The sentence of a refusal: `data.gps.latitude must be between -90 and 90, got 91`. */
export function fault(
  path: string,
  rule: string,
  value: unknown,
  code: IngestErrorCode = 'invalid_frame',
): ProtocolError {
  return new ProtocolError(
    code,
    value === undefined ? `${path} is missing: it ${rule}` : `${path} ${rule}, got ${show(value)}`,
  );
}
