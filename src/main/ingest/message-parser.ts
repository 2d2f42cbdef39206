import type { JsonObject } from '../../common/model/frame';
import { COLOUR_COUNT } from '../../common/model/live-device';
import type { Handshake } from '../../common/wire/ingest';
import { LIMITS } from '../../common/wire/limits';
import { ProtocolError } from '../../common/wire/protocol-error';
import { type ControlMessage, parseControl } from './control-parser';
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

function parseData(message: JsonObject): PhoneMessage {
  const timestampMs = parseTimestamp(message.timestamp);
  const { boot, seq } = parseNumber(message);
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
  return { type: 'batch', boot, frames: items, isBackfill: message.live === false };
}
