import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Replaces a file as a whole, durably: a power cut leaves the old one or the new one. Readable by its owner only. */
export function writeDurably(path: string, text: string): void {
  const half = `${path}.part`;
  // One left over by a crash would keep its mode.
  rmSync(half, { force: true });
  writeFileSync(half, text, { mode: 0o600, flush: true });
  renameSync(half, path);
  // Windows can't open a folder; NTFS journals names by itself.
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
