import type { JsonObject } from '../../../src/common/model/frame';
import { ProtocolError } from '../../../src/common/wire/protocol-error';
import { type ParsedFrame, parseFrame } from '../../../src/main/ingest/frame-parser';

/** The smallest JPEG that is told as one: its magic number and two bytes. */
export const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x01]);

/** Parses a frame written as the JSON text it would arrive as. */
export const parseJson = (json: string): ParsedFrame => parseFrame(JSON.parse(json));

/** `code: message` of the refusal. @throws when the frame is accepted, or what is thrown is no refusal. */
export function refusalOf(value: unknown): string {
  try {
    parseFrame(value);
  } catch (error) {
    if (error instanceof ProtocolError) return `${error.code}: ${error.message}`;
    throw error;
  }
  throw new Error(`The frame was accepted: ${JSON.stringify(value).slice(0, 200)}`);
}

/** An object in an object, `depth` of them in all. */
export function nested(depth: number): JsonObject {
  let value: JsonObject = {};
  for (let level = 1; level < depth; level++) value = { in: value };
  return value;
}
