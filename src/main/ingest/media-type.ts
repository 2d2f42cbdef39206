/** What a file is, judged by its first bytes. */
export interface ContentType {
  readonly mime: string;
  /** Without a dot. */
  readonly extension: string;
}

interface Signature extends ContentType {
  readonly at: number;
  readonly bytes: string;
}

const signature = (mime: string, extension: string, at: number, bytes: string): Signature => ({
  mime,
  extension,
  at,
  bytes,
});

// Magic numbers in Latin-1 (https://mimesniff.spec.whatwg.org/ sections 6.1 and 6.2). Only what a phone records; never
// anything a browser would run: SVG and HTML stay application/octet-stream.
const SIGNATURES: readonly Signature[] = [
  signature('image/jpeg', 'jpg', 0, '\xff\xd8\xff'),
  signature('image/png', 'png', 0, '\x89PNG\r\n\x1a\n'),
  signature('image/gif', 'gif', 0, 'GIF8'),
  signature('image/webp', 'webp', 8, 'WEBPVP'),
  signature('image/heic', 'heic', 4, 'ftyphei'),
  signature('image/heif', 'heif', 4, 'ftypmif1'),
  signature('image/avif', 'avif', 4, 'ftypavif'),
  signature('audio/wav', 'wav', 8, 'WAVE'),
  signature('audio/ogg', 'ogg', 0, 'OggS\0'),
  signature('audio/webm', 'webm', 0, '\x1aE\xdf\xa3'),
  signature('audio/mp4', 'm4a', 4, 'ftyp'),
  signature('audio/mpeg', 'mp3', 0, 'ID3'),
  signature('audio/mpeg', 'mp3', 0, '\xff\xfb'),
  signature('audio/mpeg', 'mp3', 0, '\xff\xf3'),
  signature('audio/aac', 'aac', 0, '\xff\xf1'),
  signature('audio/aac', 'aac', 0, '\xff\xf9'),
  signature('audio/amr', 'amr', 0, '#!AMR'),
];

const UNKNOWN: ContentType = { mime: 'application/octet-stream', extension: 'bin' };

/** Longest signature and its offset. */
const HEAD_BYTES = 16;

/** The type by content alone; `application/octet-stream` when it is nothing we know. */
export function typeOfContent(bytes: Uint8Array): ContentType {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(HEAD_BYTES, bytes.length)).toString('latin1');
  const found = SIGNATURES.find((one) => head.startsWith(one.bytes, one.at));
  return found ? { mime: found.mime, extension: found.extension } : UNKNOWN;
}
