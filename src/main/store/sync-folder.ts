import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes names in a folder durable. */
export function syncFolder(folder: string): void {
  // Windows can't open a folder; NTFS journals names by itself.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
