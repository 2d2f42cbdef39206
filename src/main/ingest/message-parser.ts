import type { JsonObject } from '../../common/model/frame';
import { COLOUR_COUNT } from '../../common/model/live-device';
import type { Handshake } from '../../common/wire/ingest';
import { LIMITS } from '../../common/wire/limits';
import { ProtocolError } from '../../common/wire/protocol-error';
import { type ControlMessage, parseControl } from './control-parser';
import { dataText } from './data-text';
import { idOf } from './echo';
import { fault } from './fault';
import {
  isAtMost,
  optionalText,
  PRINTABLE,
  parseBoot,
  parseNumber,
  parseSeq,
  parseTimestamp,
  shownText,
} from './message-fields';

export { isAtMost, PRINTABLE } from './message-fields';

/** A message whose envelope is in order; its frames are not looked at yet. */
export type PhoneMessage =
  | { readonly type: 'handshake'; readonly handshake: Handshake }
  | {
      readonly type: 'data';
      readonly timestampMs: number | null;
      readonly data: unknown;
      /** Of `data`, see {@link dataText}. */
      readonly text: string | null;
      readonly boot: string | null;
      readonly seq: number | null;
    }
  | {
      readonly type: 'batch';
      readonly boot: string;
      readonly frames: readonly BatchItem[];
      /** Sent late, out of the phone's queue. */
      readonly isBackfill: boolean;
    }
  | ControlMessage;

/** One frame of a batch; `seq` null: it has no number that could be settled, and is refused. */
export type BatchItem = NumberedItem | { readonly seq: null; readonly fault: ProtocolError };

/** One numbered frame of a batch. */
export interface NumberedItem {
  readonly seq: number;
  readonly data: unknown;
}

/** Messages that are stored as frames. */
const FRAME_TYPES: ReadonlySet<unknown> = new Set(['data', 'sos', 'message', 'reply', 'read']);

/** A frame or a word whose envelope is at fault. Its number, where that is in order, has to be settled all the same. */
export class FaultyFrame extends ProtocolError {
  readonly boot: string | null;
  readonly seq: number | null;
  readonly received: string | number | null;

  constructor(fault: ProtocolError, message: JsonObject) {
    super(fault.code, fault.message);
    const { boot, seq } = numberOf(message);
    this.boot = boot;
    this.seq = seq;
    this.received = idOf(message.type === 'data' ? message.data : message);
  }
}

function numberOf(message: JsonObject): ReturnType<typeof parseNumber> {
  try {
    return parseNumber(message);
  } catch {
    return { boot: null, seq: null };
  }
}

/**
 * Parses the text of one message.
 * @throws ProtocolError `invalid_json`, `invalid_message` or `unknown_type`, each with a sentence; FaultyFrame of a frame.
 */
export function parseMessage(text: string): PhoneMessage {
  const message = parseObject(text);
  try {
    return parseByType(message, text);
  } catch (error) {
    throw error instanceof ProtocolError && FRAME_TYPES.has(message.type) ? new FaultyFrame(error, message) : error;
  }
}

function parseByType(message: JsonObject, text: string): PhoneMessage {
  switch (message.type) {
    case 'handshake':
      return { type: 'handshake', handshake: parseHandshake(message) };
    case 'data':
      return parseData(message, text);
    case 'batch':
      return parseBatch(message);
    case undefined:
    case null:
      throw new ProtocolError('invalid_message', 'type is missing: a message must say handshake, data or batch');
    default:
      if (typeof message.type !== 'string') throw fault('type', 'must be a string', message.type, 'invalid_message');
      return parseControl(message.type, message);
  }
}

function parseObject(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ProtocolError('invalid_json', 'the message is not JSON');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw fault('the message', 'must be a JSON object', value, 'invalid_message');
}

function parseHandshake(message: JsonObject): Handshake {
  const { pair, protocol, colour } = message;
  if (pair !== undefined && pair !== null && typeof pair !== 'boolean')
    throw fault('pair', 'must be true or false', pair, 'invalid_message');
  return {
    type: 'handshake',
    client: shownText(message.client, 'client'),
    version: shownText(message.version, 'version'),
    deviceId: parseDeviceId(message.deviceId),
    username: parseUsername(message.username),
    token: optionalText(message.token, 'token'),
    platform: shownText(message.platform, 'platform'),
    protocol: typeof protocol === 'number' ? protocol : undefined,
    pair: pair === true,
    ...(isColour(colour) ? { colour } : {}),
  };
}

const isColour = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < COLOUR_COUNT;

/** @throws ProtocolError invalid_message */
export function parseDeviceId(value: unknown): string | undefined {
  const deviceId = optionalText(value, 'deviceId');
  if (deviceId === undefined || (isAtMost(deviceId, LIMITS.deviceIdLength) && PRINTABLE.test(deviceId)))
    return deviceId;
  throw fault('deviceId', `must be 1 to ${LIMITS.deviceIdLength} printable characters`, value, 'invalid_message');
}

/** @throws ProtocolError invalid_message */
export function parseUsername(value: unknown): string | undefined {
  const said = optionalText(value, 'username');
  if (said === undefined) return undefined;
  // Composing shortens a name to a third at most (Hangul); what is longer than that is not worth the work.
  const username = said
    .slice(0, 16 * LIMITS.usernameLength)
    .normalize('NFC')
    .trim();
  if (username === '') return undefined;
  if (isAtMost(username, LIMITS.usernameLength) && PRINTABLE.test(username)) return username;
  const rule = `must be 1 to ${LIMITS.usernameLength} characters without control or direction characters`;
  throw fault('username', rule, value, 'invalid_message');
}

function parseData(message: JsonObject, text: string): PhoneMessage {
  const timestampMs = parseTimestamp(message.timestamp);
  const { boot, seq } = parseNumber(message);
  return { type: 'data', timestampMs, data: message.data, text: dataText(message, text), boot, seq };
}

function parseBatch(message: JsonObject): PhoneMessage {
  const boot = parseBoot(message.boot);
  const { frames } = message;
  if (!Array.isArray(frames) || frames.length < 1 || frames.length > LIMITS.batchFrames) {
    throw fault('frames', `must be an array of 1 to ${LIMITS.batchFrames} frames`, frames, 'invalid_message');
  }
  const items = frames.map((one: unknown, index) => parseItem(one, `frames[${index}]`));
  return { type: 'batch', boot, frames: items, isBackfill: message.live === false };
}

/** What is wrong with one item refuses no other. */
function parseItem(one: unknown, path: string): BatchItem {
  try {
    if (typeof one !== 'object' || one === null) throw fault(path, 'must be an object {seq, data}', one);
    const { seq, data } = one as JsonObject;
    return { seq: parseSeq(seq, `${path}.seq`, 'invalid_frame'), data };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return { seq: null, fault: error };
  }
}
