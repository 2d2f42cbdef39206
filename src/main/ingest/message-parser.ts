import type { JsonObject } from '../../common/model/frame';
import type { Handshake } from '../../common/wire/ingest';
import { LIMITS } from '../../common/wire/limits';
import { ProtocolError } from '../../common/wire/protocol-error';
import { toMs } from '../../common/wire/timestamp';
import { fault } from './fault';

/** A message whose envelope is in order; its frames are not looked at yet. */
export type PhoneMessage =
  | { readonly type: 'handshake'; readonly handshake: Handshake }
  | {
      readonly type: 'data';
      readonly timestampMs: number | null;
      readonly data: unknown;
      readonly boot: string | null;
      readonly seq: number | null;
    }
  | { readonly type: 'batch'; readonly boot: string; readonly frames: readonly BatchItem[] };

/** One numbered frame of a batch. */
export interface BatchItem {
  readonly seq: number;
  readonly data: unknown;
}

/**
 * Parses the text of one message.
 * @throws ProtocolError `invalid_json`, `invalid_message` or `unknown_type`, each with a sentence.
 */
export function parseMessage(text: string): PhoneMessage {
  const message = parseObject(text);
  switch (message.type) {
    case 'handshake':
      return { type: 'handshake', handshake: parseHandshake(message) };
    case 'data':
      return parseData(message);
    case 'batch':
      return parseBatch(message);
    case undefined:
    case null:
      throw new ProtocolError('invalid_message', 'type is missing: a message must say handshake, data or batch');
    default:
      if (typeof message.type !== 'string') throw fault('type', 'must be a string', message.type, 'invalid_message');
      throw fault('type', 'must be handshake, data or batch', message.type, 'unknown_type');
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

/** Letters a screen can show: no control characters (C0, DEL, C1). */
const PRINTABLE = /^[^\p{Cc}\p{Cs}]+$/u;
/** Also none that turn the direction of the text around it (Unicode UAX 9, explicit directional formatting) or hide. */
const NAME = /^[^\p{Cc}\p{Cs}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u2028\u2029]+$/u;

function parseHandshake(message: JsonObject): Handshake {
  const deviceId = optionalText(message.deviceId, 'deviceId', LIMITS.deviceIdLength);
  if (deviceId !== undefined && !PRINTABLE.test(deviceId)) {
    throw fault('deviceId', 'must be 1 to 128 printable characters', deviceId, 'invalid_message');
  }
  const { pair, protocol } = message;
  if (pair !== undefined && pair !== null && typeof pair !== 'boolean')
    throw fault('pair', 'must be true or false', pair, 'invalid_message');
  return {
    type: 'handshake',
    client: optionalText(message.client, 'client', 128),
    version: optionalText(message.version, 'version', 128),
    deviceId,
    username: parseUsername(message.username),
    token: optionalText(message.token, 'token', 512),
    platform: optionalText(message.platform, 'platform', 256),
    protocol: typeof protocol === 'number' ? protocol : undefined,
    pair: pair === true,
  };
}

function parseUsername(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw fault('username', 'must be a string', value, 'invalid_message');
  const username = value.normalize('NFC').trim();
  if (username.length >= 1 && username.length <= LIMITS.usernameLength && NAME.test(username)) return username;
  throw fault(
    'username',
    'must be 1 to 64 characters without control or direction characters',
    value,
    'invalid_message',
  );
}

function optionalText(value: unknown, path: string, maxLength: number): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && value.length >= 1 && value.length <= maxLength) return value;
  // An empty text says nothing; pages send it for "not set".
  if (value === '') return undefined;
  throw fault(path, `must be a string of at most ${maxLength} characters`, value, 'invalid_message');
}

function parseData(message: JsonObject): PhoneMessage {
  const { timestamp } = message;
  const timestampMs = timestamp === undefined || timestamp === null ? null : toMs(timestamp);
  if (timestampMs === null && timestamp !== undefined && timestamp !== null) {
    throw fault('timestamp', 'must be an RFC 3339 time or milliseconds since 1970', timestamp, 'invalid_message');
  }
  const boot = message.boot === undefined || message.boot === null ? null : parseBoot(message.boot);
  const seq = message.seq === undefined || message.seq === null ? null : parseSeq(message.seq, 'seq');
  return { type: 'data', timestampMs, data: message.data, boot, seq };
}

function parseBatch(message: JsonObject): PhoneMessage {
  const boot = parseBoot(message.boot);
  const { frames } = message;
  if (!Array.isArray(frames) || frames.length < 1 || frames.length > LIMITS.batchFrames) {
    throw fault('frames', `must be an array of 1 to ${LIMITS.batchFrames} frames`, frames, 'invalid_message');
  }
  const items = frames.map((one: unknown, index): BatchItem => {
    const path = `frames[${index}]`;
    if (typeof one !== 'object' || one === null)
      throw fault(path, 'must be an object {seq, data}', one, 'invalid_message');
    const { seq, data } = one as JsonObject;
    return { seq: parseSeq(seq, `${path}.seq`), data };
  });
  return { type: 'batch', boot, frames: items };
}

function parseBoot(value: unknown): string {
  if (typeof value === 'string' && value.length >= 1 && value.length <= LIMITS.bootLength) return value;
  throw fault('boot', `must be a string of 1 to ${LIMITS.bootLength} characters`, value, 'invalid_message');
}

function parseSeq(value: unknown, path: string): number {
  if (Number.isSafeInteger(value) && (value as number) >= 1) return value as number;
  throw fault(path, 'must be a whole number counting from 1', value, 'invalid_message');
}
