import type { JsonObject } from '../../common/model/frame';
import type { MediaReference } from '../../common/model/media';
import { LIMITS } from '../../common/wire/limits';
import { toMs } from '../../common/wire/timestamp';
import { checkNesting } from './check-nesting';
import { fault } from './fault';
import { BATTERY_RULE, GROUP_RULES, type NumberRule, PLACE_RULES, SCORE_RULE } from './frame-rules';
import { type DecodedMedia, decodeMedia } from './media-decoder';
import { unknownBytes } from './unknown-size';

/** A frame that was accepted: ready for the log. */
export interface ParsedFrame {
  /** The frame as it is kept: media replaced by references, all else as sent. */
  readonly data: JsonObject;
  /** `data` as JSON text. */
  readonly body: string;
  /** The phone's own id of the frame; null when it gave none. */
  readonly id: string | number | null;
  /** Device clock, ms; null when the frame says none. */
  readonly capturedAtMs: number | null;
  /** 0 to 1, in range; null when not said or out of range. */
  readonly battery: number | null;
  /** `out_of_range:PATH` for each value that is, `renamed:NAME` for each member kept under another name. */
  readonly flags: readonly string[];
  readonly media: readonly DecodedMedia[];
}

/**
 * Checks one frame of a phone. Everything in it is hostile.
 * @param text of the frame as it came: it is kept where nothing has to be changed. null: it is written anew
 * @throws ProtocolError `invalid_frame` with the path of the first fault, or `too_large`.
 */
export function parseFrame(value: unknown, text: string | null = null): ParsedFrame {
  const frame = asObject(value, 'data');
  const { hasInfinity } = checkNesting(frame);
  const flags: string[] = [];
  const id = checkId(frame.id);
  const capturedAtMs = checkTimestamp(frame.timestamp);
  checkText(frame.captureMethod, 'data.captureMethod');
  checkNumber(frame.battery, BATTERY_RULE, '', flags);
  checkText(frame.text, 'data.text');
  checkPlace(frame.gps);
  checkGroup(frame.gps, 'gps', flags);
  checkGroup(frame.orientation, 'orientation', flags);
  checkAbsolute(frame.orientation);
  checkGroup(frame.motion, 'motion', flags);
  checkWeather(frame.weather, flags);
  checkObjects(frame.objectsDetected, flags);
  if (!isAbsent(frame.colorPalette) && !Array.isArray(frame.colorPalette)) {
    throw fault('data.colorPalette', 'must be an array', frame.colorPalette);
  }
  const { data: kept, media } = takeMedia(freeReservedNames(frame, flags));
  const body = text !== null && kept === frame && !hasInfinity ? text : JSON.stringify(kept);
  // A UTF-16 unit is at most three bytes of UTF-8: most frames are small whatever they hold.
  if (3 * body.length > LIMITS.unknownFieldBytes && Buffer.byteLength(body) > LIMITS.unknownFieldBytes)
    checkUnknownSize(kept);
  // JSON has no Infinity: the log keeps null, and nobody may see anything else than the log.
  const data = hasInfinity ? (JSON.parse(body) as JsonObject) : kept;
  const battery = typeof frame.battery === 'number' && !flags.includes('out_of_range:battery') ? frame.battery : null;
  return { data, body, id, capturedAtMs, battery, flags, media };
}

/** null means "not provided" everywhere in a frame. */
const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function asObject(value: unknown, path: string): JsonObject {
  if (!isObject(value)) throw fault(path, 'must be an object', value);
  return value;
}

function checkId(value: unknown): string | number | null {
  if (isAbsent(value)) return null;
  if (typeof value === 'string' || isFiniteNumber(value)) return value;
  throw fault('data.id', 'must be a string or a number', value);
}

function checkTimestamp(value: unknown): number | null {
  if (isAbsent(value)) return null;
  const ms = toMs(value);
  if (ms === null) throw fault('data.timestamp', 'must be an RFC 3339 time or milliseconds since 1970', value);
  return ms;
}

function checkText(value: unknown, path: string): void {
  if (!isAbsent(value) && typeof value !== 'string') throw fault(path, 'must be a string', value);
}

/** A frame has some 20 values with a range; only a made-up list of objects has more, and would flood the log. */
const MAX_FLAGS = 100;

/** JSON's 1e999 is Infinity: not a number of the world. */
const isFiniteNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

function checkNumber(value: unknown, rule: NumberRule, group: string, flags: string[]): void {
  if (isAbsent(value)) return;
  if (isFiniteNumber(value) && value >= rule.min && value <= rule.max) return;
  const path = group === '' ? rule.name : `${group}.${rule.name}`;
  if (!isFiniteNumber(value)) throw fault(`data.${path}`, 'must be a number', value);
  if (flags.length < MAX_FLAGS) flags.push(`out_of_range:${path}`);
}

function checkPlace(value: unknown): void {
  if (isAbsent(value)) return;
  const gps = asObject(value, 'data.gps');
  for (const rule of PLACE_RULES) {
    const degrees = gps[rule.name];
    if (isFiniteNumber(degrees) && degrees >= rule.min && degrees <= rule.max) continue;
    const path = `data.gps.${rule.name}`;
    const sentence = `must be between ${rule.min} and ${rule.max}`;
    if (isAbsent(degrees)) throw fault(path, sentence, undefined);
    if (!isFiniteNumber(degrees)) throw fault(path, 'must be a number', degrees);
    throw fault(path, sentence, degrees);
  }
}

function checkGroup(value: unknown, group: keyof typeof GROUP_RULES, flags: string[], path: string = group): void {
  if (isAbsent(value)) return;
  const members = isObject(value) ? value : asObject(value, `data.${path}`);
  for (const rule of GROUP_RULES[group]) checkNumber(members[rule.name], rule, path, flags);
}

function checkAbsolute(value: unknown): void {
  if (isAbsent(value)) return;
  const { absolute } = asObject(value, 'data.orientation');
  if (!isAbsent(absolute) && typeof absolute !== 'boolean')
    throw fault('data.orientation.absolute', 'must be true or false', absolute);
}

/** Either the values themselves, or the same inside `data`: what the Pocket Parrot page really sends. */
function checkWeather(value: unknown, flags: string[]): void {
  checkGroup(value, 'weather', flags);
  if (isAbsent(value)) return;
  checkGroup((value as JsonObject).data, 'weather', flags, 'weather.data');
}

function checkObjects(value: unknown, flags: string[]): void {
  if (isAbsent(value)) return;
  if (!Array.isArray(value)) throw fault('data.objectsDetected', 'must be an array', value);
  value.forEach((one: unknown, index) => {
    const path = `objectsDetected[${index}]`;
    const detected = asObject(one, `data.${path}`);
    if (typeof detected.class !== 'string') throw fault(`data.${path}.class`, 'must be a string', detected.class);
    checkNumber(detected.score, SCORE_RULE, path, flags);
  });
}

const MEDIA_MEMBERS = [
  ['photoBase64', 'photo'],
  ['audioBase64', 'audio'],
] as const;

/**
 * `photo` and `audio` of a kept frame are references of ours. A phone's own member of that name is kept under another,
 * or it could pass for a file of somebody else's.
 */
function freeReservedNames(frame: JsonObject, flags: string[]): JsonObject {
  let free: JsonObject = frame;
  for (const [, name] of MEDIA_MEMBERS) {
    const sent = frame[name];
    if (isAbsent(sent)) continue;
    const { [name]: _, ...rest } = free;
    let otherName = `${name}Sent`;
    while (Object.hasOwn(rest, otherName)) otherName += '_';
    free = { ...rest, [otherName]: sent };
    flags.push(`renamed:${name}`);
  }
  return free;
}

/** Moves photo and audio out of the frame and leaves a reference to the file they become. */
function takeMedia(frame: JsonObject): { data: JsonObject; media: DecodedMedia[] } {
  const media: DecodedMedia[] = [];
  let data: JsonObject = frame;
  for (const [member, reference] of MEDIA_MEMBERS) {
    if (isAbsent(frame[member])) continue;
    const decoded = decodeMedia(frame[member], `data.${member}`);
    const { [member]: _, ...rest } = data;
    const { sha256, mime } = decoded;
    const kept = { sha256, bytes: decoded.bytes.length, mime } satisfies MediaReference;
    data = { ...rest, [reference]: kept };
    media.push(decoded);
  }
  return { data, media };
}

function checkUnknownSize(data: JsonObject): void {
  const size = unknownBytes(data);
  if (size <= LIMITS.unknownFieldBytes) return;
  throw fault('data', `must hold at most ${LIMITS.unknownFieldBytes} bytes of unknown fields`, size, 'too_large');
}
