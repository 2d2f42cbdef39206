import type { SeqRange } from '../../common/model/delivery';
import type { JsonObject } from '../../common/model/frame';
import type { PhoneStatus, RoundTrip } from '../../common/wire/ingest';
import { LIMITS } from '../../common/wire/limits';
import { toMs } from '../../common/wire/timestamp';
import { fault } from './fault';
import { isAtMost, parseBoot, parseNumber, parseTimestamp } from './message-fields';

/** A word of a person, stored like a frame. */
export interface WordMessage {
  readonly type: 'word';
  readonly kind: 'sos' | 'message' | 'reply' | 'read';
  readonly timestampMs: number | null;
  readonly boot: string | null;
  readonly seq: number | null;
  readonly id: string | number | null;
  /** An SOS that holds; null for other kinds. */
  readonly isActive: boolean | null;
  /** null without. */
  readonly text: string | null;
  /** Id of what is answered or was read; null for other kinds. */
  readonly to: string | null;
}

/** What a phone says beside frames. */
export type ControlMessage =
  | { readonly type: 'dropped'; readonly boot: string; readonly ranges: readonly SeqRange[] }
  | { readonly type: 'status'; readonly status: PhoneStatus }
  | { readonly type: 'ping'; readonly t0: number; readonly last: RoundTrip | null }
  | WordMessage;

/** @throws ProtocolError `invalid_message`, or `unknown_type` */
export function parseControl(type: string, message: JsonObject): ControlMessage {
  switch (type) {
    case 'dropped':
      return { type, boot: parseBoot(message.boot), ranges: parseRanges(message.ranges) };
    case 'status':
      return { type, status: parseStatus(message) };
    case 'ping':
      return { type, t0: parseTime(message.t0, 't0'), last: parseRoundTrip(message.last) };
    case 'sos':
    case 'message':
    case 'reply':
    case 'read':
      return parseWord(type, message);
    default:
      throw fault(
        'type',
        'must be handshake, data, batch, dropped, status, sos, message, reply, read or ping',
        type,
        'unknown_type',
      );
  }
}

function parseRanges(value: unknown): readonly SeqRange[] {
  if (!Array.isArray(value) || value.length < 1 || value.length > LIMITS.droppedRanges)
    throw fault('ranges', `must be an array of 1 to ${LIMITS.droppedRanges} ranges`, value, 'invalid_message');
  return value.map((range: unknown, index): SeqRange => {
    const [from, to] = Array.isArray(range) && range.length === 2 ? (range as readonly unknown[]) : [];
    const isRange = isSeq(from) && isSeq(to) && from <= to && to - from < LIMITS.droppedRangeSpan;
    if (isRange) return [from, to];
    throw fault(`ranges[${index}]`, 'must be [from, to], whole numbers counting from 1', range, 'invalid_message');
  });
}

const isSeq = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1;

/** Null is "not said", and so is a visibility that we do not know. @throws ProtocolError for a value of another kind */
function parseStatus({ battery, charging, visibility, queued, captured }: JsonObject): PhoneStatus {
  return {
    battery: optional(battery, 'battery', isShare, 'must be between 0 and 1'),
    charging: optional(charging, 'charging', isBoolean, 'must be true or false'),
    visibility: toVisibility(optional(visibility, 'visibility', isText, 'must be a string')),
    queued: optional(queued, 'queued', isCount, 'must be a whole number, 0 or more'),
    captured: optional(captured, 'captured', isCount, 'must be a whole number, 0 or more'),
  };
}

function optional<T>(value: unknown, path: string, is: (value: unknown) => value is T, rule: string): T | null {
  if (value === undefined || value === null) return null;
  if (is(value)) return value;
  throw fault(path, rule, value, 'invalid_message');
}

const isShare = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1;
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const toVisibility = (text: string | null): PhoneStatus['visibility'] =>
  text === 'visible' || text === 'hidden' ? text : null;

function parseTime(value: unknown, path: string): number {
  // Fractions are kept: performance.timeOrigin + performance.now() is finer than a millisecond.
  if (typeof value === 'number' && toMs(value) !== null) return value;
  throw fault(path, 'must be milliseconds since 1970', value, 'invalid_message');
}

function parseRoundTrip(value: unknown): RoundTrip | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'object' || Array.isArray(value))
    throw fault('last', 'must be an object {t0, t1, t2, t3}', value, 'invalid_message');
  const { t0, t1, t2, t3 } = value as JsonObject;
  return {
    t0: parseTime(t0, 'last.t0'),
    t1: parseTime(t1, 'last.t1'),
    t2: parseTime(t2, 'last.t2'),
    t3: parseTime(t3, 'last.t3'),
  };
}

function parseWord(kind: WordMessage['kind'], message: JsonObject): WordMessage {
  const { id } = message;
  return {
    type: 'word',
    kind,
    timestampMs: parseTimestamp(message.timestamp),
    ...parseNumber(message),
    id: typeof id === 'string' || typeof id === 'number' ? id : null,
    isActive: kind === 'sos' ? parseActive(message.active) : null,
    text: parseText(kind, message),
    to: kind === 'reply' || kind === 'read' ? parseTo(message.to) : null,
  };
}

function parseActive(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw fault('active', 'must be true or false', value, 'invalid_message');
}

function parseTo(value: unknown): string {
  if (typeof value === 'string' && value !== '' && isAtMost(value, LIMITS.bootLength)) return value;
  throw fault(
    'to',
    `must be the id of what is answered, 1 to ${LIMITS.bootLength} characters`,
    value,
    'invalid_message',
  );
}

function parseText(kind: WordMessage['kind'], message: JsonObject): string | null {
  if (kind === 'read') return null;
  const path = kind === 'reply' ? 'answer' : 'text';
  const value = message[path];
  if (kind === 'sos' && (value === undefined || value === null || value === '')) return null;
  if (kind === 'reply' && (typeof value === 'boolean' || typeof value === 'number')) return String(value);
  if (typeof value === 'string' && value !== '' && isAtMost(value, LIMITS.wordLength)) return value;
  throw fault(path, `must be 1 to ${LIMITS.wordLength} characters`, value, 'invalid_message');
}
