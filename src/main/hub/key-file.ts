import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { newKey } from './ids';

/** The keys an operator must be able to show again. */
export interface OperatorKeys {
  readonly joinKey: string;
  readonly viewerKey: string;
  readonly adminKey: string;
}

const key = z.string().min(22).max(128);
const schema = z.object({ joinKey: key, viewerKey: key, adminKey: key });

/**
 * Reads the keys file. @returns null when there is none.
 * @throws Error with a sentence when it holds something else.
 */
export function readKeyFile(path: string): OperatorKeys | null {
  if (!existsSync(path)) return null;
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new Error(
      `The keys file ${path} is damaged. Move it away and start again: new keys are made, phones pair anew.`,
    );
  }
}

/** Reads the keys file, or makes it with new keys: readable by its owner only, never half written, even by a power cut. */
export function openKeyFile(path: string): OperatorKeys {
  const kept = readKeyFile(path);
  if (kept) return kept;
  const keys: OperatorKeys = { joinKey: newKey('join'), viewerKey: newKey('viewer'), adminKey: newKey('admin') };
  const half = `${path}.new`;
  // One left over by a crash would keep its mode.
  rmSync(half, { force: true });
  const file = openSync(half, 'wx', 0o600);
  try {
    writeFileSync(file, `${JSON.stringify(keys, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(half, path);
  return keys;
}
