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
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/**
 * Decodes a data URL or bare base64 (RFC 4648, either alphabet).
 * @throws ProtocolError invalid_frame when it is neither, or empty.
 */
export function decodeMedia(value: unknown, path: string): DecodedMedia {
  const rule = 'must be a data URL or base64';
  if (typeof value !== 'string') throw fault(path, rule, value);
  const text = value.slice(DATA_URL.exec(value)?.[0].length ?? 0);
  if (!BASE64.test(text) || isCutOff(text)) throw fault(path, rule, value);
  const bytes = Buffer.from(text, 'base64');
  return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes, ...typeOfContent(bytes) };
}

/** Four letters are three bytes, and one letter alone is less than a byte: the rest of it was lost. */
const isCutOff = (text: string): boolean => text.replace(/=+$/, '').length % 4 === 1;
