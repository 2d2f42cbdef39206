import type { JsonObject } from '../../common/model/frame';
import type { IngestErrorCode } from '../../common/wire/ingest';
import { LIMITS } from '../../common/wire/limits';
import { toMs } from '../../common/wire/timestamp';
import { fault } from './fault';

/**
 * What a screen can show on one line without turning the text around it: no control characters, halves of a surrogate
 * pair, line separators, nor directional formatting (Unicode UAX 9, section 2).
 */
export const PRINTABLE = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+$/u;
/** What {@link PRINTABLE} leaves out. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+/gu;
/** Half a surrogate pair: SQLite keeps text as UTF-8, where all of them would become the same letter. */
const HALF_PAIR = /\p{Cs}/u;

/** An empty text says nothing; pages send it for "not set". */
export function optionalText(value: unknown, path: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw fault(path, 'must be a string', value, 'invalid_message');
}

/** Characters kept of what a phone says for the eye only. */
const SHOWN_LENGTH = 256;

/** What is for the eye only and no reason to refuse anybody: cut, and without what a screen could not show on one line. */
export function shownText(value: unknown, path: string): string | undefined {
  const text = optionalText(value, path)?.slice(0, SHOWN_LENGTH).replaceAll(UNPRINTABLE, ' ').trim();
  return text === '' ? undefined : text;
}

/** Counts characters, not UTF-16 units (an emoji is one), of a text that may be megabytes. */
export const isAtMost = (text: string, characters: number): boolean =>
  text.length <= 2 * characters && [...text].length <= characters;

/** @throws ProtocolError */
export function parseBoot(value: unknown): string {
  if (typeof value === 'string' && value !== '' && isAtMost(value, LIMITS.bootLength) && !HALF_PAIR.test(value))
    return value;
  throw fault('boot', `must be a string of 1 to ${LIMITS.bootLength} characters`, value, 'invalid_message');
}

/** @throws ProtocolError */
export function parseSeq(value: unknown, path: string, code: IngestErrorCode = 'invalid_message'): number {
  if (Number.isSafeInteger(value) && (value as number) >= 1) return value as number;
  throw fault(path, 'must be a whole number counting from 1', value, code);
}

/** Both or neither: half a number counts nothing. @throws ProtocolError */
export function parseNumber(message: JsonObject): { readonly boot: string | null; readonly seq: number | null } {
  const boot = message.boot === undefined || message.boot === null ? null : parseBoot(message.boot);
  const seq = message.seq === undefined || message.seq === null ? null : parseSeq(message.seq, 'seq');
  return { boot, seq };
}

/** @returns ms, or null when there is none. @throws ProtocolError when it is no time */
export function parseTimestamp(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  const ms = toMs(value);
  if (ms === null)
    throw fault('timestamp', 'must be an RFC 3339 time or milliseconds since 1970', value, 'invalid_message');
  return ms;
}
