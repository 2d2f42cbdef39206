import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, for their owner only. Not `recursive: true`: Node 24 loops forever where a file
 * system answers ENOENT for a folder whose parent is there (`/proc` does).
 * @param path absolute.
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}
