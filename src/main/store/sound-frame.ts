import { isUtf8 } from 'node:buffer';
import type { JsonObject } from '../../common/model/frame';

/** A Date holds no more, ms (ECMA-262, 21.4.1.1). */
const MAX_TIME_MS = 8.64e15;

/** What flipped bits on the disk make of a row shows here first. */
export interface FrameCells {
  /** As SQLite gives it out, bytes that are no UTF-8 replaced; or its bytes. */
  readonly body: unknown;
  readonly capturedAtMs: unknown;
  readonly receivedAtMs: unknown;
  readonly correctedAtMs: unknown;
}

/**
 * What a row of the log says; null when it is damaged: a body that is no JSON object in UTF-8, or times that are none.
 * A digit that became another digit is not found: rows have no checksum.
 * @param bytesOf the body as it is on the disk, asked for when a character in it may stand for bytes that are no UTF-8
 */
export function readFrame(row: FrameCells, bytesOf: () => unknown): JsonObject | null {
  if (!isTime(row.receivedAtMs)) return null;
  if (row.capturedAtMs !== null && !isTime(row.capturedAtMs)) return null;
  if (row.correctedAtMs !== null && !isTime(row.correctedAtMs)) return null;
  const text = textOf(row.body, bytesOf);
  return text === null ? null : parseObject(text);
}

function textOf(body: unknown, bytesOf: () => unknown): string | null {
  if (typeof body === 'string' && !body.includes('\uFFFD')) return body;
  const bytes = typeof body === 'string' ? bytesOf() : body;
  return bytes instanceof Uint8Array && isUtf8(bytes) ? Buffer.from(bytes).toString() : null;
}

function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}

const isTime = (value: unknown): boolean => typeof value === 'number' && Math.abs(value) <= MAX_TIME_MS;
