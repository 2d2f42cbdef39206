import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What phones send in a run. */
export type MessageKind = '600 B' | 'recorded' | 'photo';

/** A WebSocket frame (RFC 6455, section 5.2), masked, with places where its number is written. */
interface Template {
  readonly bytes: Buffer;
  /** Offsets of fields of {@link DIGITS} characters. */
  readonly fields: readonly number[];
}

/** Makes the messages of one connection, each with the next number. */
export interface MessageSource {
  /** Appends `count` messages; @returns what to write. */
  next(count: number): Buffer;
}

const DIGITS = 10;
/** Blanks in front of a number are JSON; zeros are not. */
const PLACE = ' '.repeat(DIGITS);
/** Any but zeros, which `ws` would skip. */
const MASK = Buffer.from([0x5a, 0xc3, 0x17, 0xe9]);

/** @param run differs from run to run, so that no content was stored before. */
export function createMessages(kind: MessageKind, phone: number, run: string): MessageSource {
  const templates = templatesOf(kind, phone, run);
  let number = 0;
  return {
    next: (count) => {
      const parts: Buffer[] = [];
      for (let index = 0; index < count; index += 1) {
        const template = templates[number % templates.length];
        number += 1;
        if (template) parts.push(numbered(template, [number, phone * 1_000_000 + number]));
      }
      return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    },
  };
}

/** The first message of a connection. */
export function handshakeOf(phone: number, run: string): Buffer {
  const text = JSON.stringify({ type: 'handshake', client: 'bench', version: '1', deviceId: `bench-${run}-${phone}` });
  return masked(Buffer.from(text)).bytes;
}

const cache = new Map<string, readonly Template[]>();

function templatesOf(kind: MessageKind, phone: number, run: string): readonly Template[] {
  // The pictures of all phones share their noise: a thousand of them would not fit the memory.
  const key = kind === 'photo' ? `${kind} ${phone % 8}` : `${kind} ${phone}`;
  const found = kind === 'recorded' ? cache.get(kind) : cache.get(key);
  if (found) return found;
  const made = makeTemplates(kind, phone, run);
  cache.set(kind === 'recorded' ? kind : key, made);
  return made;
}

function makeTemplates(kind: MessageKind, phone: number, run: string): readonly Template[] {
  if (kind === 'recorded') return recorded();
  const boot = `b-${run}-${phone}`;
  const data = frameOf(phone);
  if (kind === '600 B') {
    const short = JSON.stringify({ type: 'data', boot, seq: 0, data: { ...data, note: '' } }).length - 1 + DIGITS;
    const note = 'x'.repeat(Math.max(0, 600 - short));
    return [withNumber({ type: 'data', boot, data: { ...data, note } })];
  }
  return [withNumber({ type: 'data', boot: `b-${run}`, data: { ...data, photoBase64: photo() } })];
}

/** A frame of a phone outdoors. */
const frameOf = (phone: number) => ({
  timestamp: new Date().toISOString(),
  captureMethod: 'live_streaming',
  battery: 0.83,
  gps: {
    latitude: 47.6066 + phone / 1e5,
    longitude: -122.3315,
    altitude: 54.2,
    accuracy: 6,
    heading: 90.5,
    speed: 1.4,
  },
  orientation: { alpha: 14.1, beta: 13.3, gamma: -4.5, absolute: true },
  motion: {
    accelerationX: 0.1,
    accelerationY: 0.2,
    accelerationZ: 9.7,
    rotationAlpha: 1,
    rotationBeta: 2,
    rotationGamma: 3,
  },
});

/** 200 kB that look like a JPEG; its number is written into the base64. */
function photo(): string {
  const bytes = Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100', 'hex'), randomBytes(200_000)]);
  const text = bytes.toString('base64');
  return `${text.slice(0, 64)}NNNNNNNNNN${text.slice(74)}`;
}

/** What the real page sent, without its handshake. Not numbered: it does not count. */
function recorded(): readonly Template[] {
  const file = join(import.meta.dirname, '../test/fixtures/pocket-parrot/session-25s.jsonl');
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(1);
  return lines.map((line) => masked(Buffer.from(line)));
}

/** `seq` first, so that its place is found whatever the frame says. */
function withNumber({ type, ...rest }: { readonly type: string; readonly [key: string]: unknown }): Template {
  return masked(Buffer.from(`{"type":"${type}","seq":${PLACE},${JSON.stringify(rest).slice(1)}`));
}

/** One whole frame of a client that holds this text. */
export const maskedText = (text: string): Buffer => masked(Buffer.from(text)).bytes;

function masked(payload: Buffer): Template {
  const { length } = payload;
  const isLong = length > 0xffff;
  const header = Buffer.alloc(length < 126 ? 2 : isLong ? 10 : 4);
  header[0] = 0x81;
  header[1] = 0x80 | (length < 126 ? length : isLong ? 127 : 126);
  if (length >= 126 && !isLong) header.writeUInt16BE(length, 2);
  if (isLong) header.writeBigUInt64BE(BigInt(length), 2);
  const start = header.length + MASK.length;
  const fields = ['"seq":', 'NNNNNNNNNN'].flatMap((mark, index) => {
    const at = payload.indexOf(mark);
    if (at === -1 || (index === 0 && payload.subarray(at + 6, at + 7).toString() !== ' ')) return [];
    return [start + at + (index === 0 ? mark.length : 0)];
  });
  const body = Buffer.from(payload);
  for (let index = 0; index < length; index += 1) body[index] = (body[index] ?? 0) ^ (MASK[index & 3] ?? 0);
  return { bytes: Buffer.concat([header, MASK, body]), fields };
}

/** @param numbers the seq, and one that no other phone has: pictures of two phones may share their noise. */
function numbered({ bytes, fields }: Template, numbers: readonly number[]): Buffer {
  if (fields.length === 0) return bytes;
  const message = Buffer.from(bytes);
  const start = bytes.length - payloadLength(bytes);
  for (const [index, at] of fields.entries()) {
    const digits = String(numbers[index]);
    // Base64 knows no blank; JSON no leading zero.
    const text = index === 0 ? digits.padStart(DIGITS, ' ') : digits.padStart(DIGITS, 'A');
    for (let place = 0; place < DIGITS; place += 1) {
      message[at + place] = text.charCodeAt(place) ^ (MASK[(at + place - start) & 3] ?? 0);
    }
  }
  return message;
}

function payloadLength(bytes: Buffer): number {
  const short = (bytes[1] ?? 0) & 0x7f;
  if (short < 126) return short;
  return short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
}
