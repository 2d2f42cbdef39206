import { createHash } from 'node:crypto';
import { fault } from './fault';
import { typeOfContent } from './media-type';

/** A photo or audio note taken out of a frame. */
export interface DecodedMedia {
  readonly sha256: string;
  readonly mime: string;
  /** Without a dot. */
  readonly extension: string;
  readonly bytes: Uint8Array;
}

// RFC 2397; the type it claims is not believed.
const DATA_URL = /^data:[^,]{0,200};base64,/;

/**
 * Decodes a data URL or bare base64 (RFC 4648, either alphabet).
 * @throws ProtocolError invalid_frame when it is neither, or empty.
 */
export function decodeMedia(value: unknown, path: string): DecodedMedia {
  const rule = 'must be a data URL or base64';
  if (typeof value !== 'string') throw fault(path, rule, value);
  const text = value.slice(DATA_URL.exec(value)?.[0].length ?? 0);
  const letters = text.length - paddingOf(text);
  const bytes = Buffer.from(text, 'base64');
  // Four letters are three bytes. What is no letter is left out, or ends it, so that bytes are missing; a regular
  // expression over a photo takes longer than to decode it. One letter alone is less than a byte: the rest was lost.
  // Of a letter beyond ASCII the decoder would read the lower byte.
  const isAscii = Buffer.byteLength(text) === text.length;
  const isWhole = isAscii && letters > 0 && letters % 4 !== 1 && bytes.byteLength === Math.floor((letters * 3) / 4);
  if (!isWhole) throw fault(path, rule, value);
  return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes, ...typeOfContent(bytes) };
}

/** Padding at the end, 0 to 2. */
function paddingOf(text: string): number {
  if (!text.endsWith('=')) return 0;
  return text.endsWith('==') ? 2 : 1;
}
