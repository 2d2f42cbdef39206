import { headerLength, writeTextHeader } from '../../common/wire/text-frame';

/** Bytes before the payload of a frame that {@link textFrame} made. */
export function headerLengthOf(frame: Buffer): number {
  const said = frame[1];
  return said === 126 ? 4 : said === 127 ? 10 : 2;
}

/** One whole unmasked text frame (RFC 6455, section 5.2), to be written to any number of sockets as it is. */
export function textFrame(payload: readonly Buffer[]): Buffer {
  const length = payload.reduce((sum, part) => sum + part.length, 0);
  const frame = Buffer.allocUnsafe(headerLength(length) + length);
  let at = writeTextHeader(frame, 0, length);
  for (const part of payload) at += part.copy(frame, at);
  return frame;
}
