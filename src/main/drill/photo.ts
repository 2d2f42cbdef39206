import { randomBytes } from 'node:crypto';

/** What a phone's camera page makes of a picture, bytes. */
const PHOTO_BYTES = 200_000;

/** Start of image and a JFIF header (ITU-T T.871): content decides the type of a file. */
const HEADER = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');
/** End of image. */
const TRAILER = Buffer.from('ffd9', 'hex');

// Compressed pictures look like noise; made once, for a machine under test has better things to do.
const noise = Buffer.concat([HEADER, randomBytes(PHOTO_BYTES - HEADER.length - TRAILER.length), TRAILER]);

/** A picture as a data URL. Another `name`, another content; the same name, the same picture again. */
export function photoOf(name: string): string {
  const bytes = Buffer.from(noise);
  bytes.write(name, HEADER.length, 'utf8');
  return `data:image/jpeg;base64,${bytes.toString('base64')}`;
}
