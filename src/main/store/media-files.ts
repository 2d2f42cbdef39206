import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncFolder } from './sync-folder';

/** Where the content with this digest lives: `media/ab/abcdef….jpg`. */
export function mediaPath(dataDir: string, sha256: string, extension: string): string {
  return join(dataDir, 'media', sha256.slice(0, 2), `${sha256}.${extension}`);
}

/** Writes media files so that they are on the disk, names included, before a transaction refers to them. */
export class MediaFiles {
  readonly #dataDir: string;
  #unsyncedFolders = new Set<string>();

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  /** One copy a content: a file of the right size is left alone. Durable after {@link sync}. */
  write(sha256: string, extension: string, bytes: Uint8Array): void {
    const path = mediaPath(this.#dataDir, sha256, extension);
    const folder = dirname(path);
    // Even for a file that is there: the run that made it may have ended before its name was on the disk.
    this.#unsyncedFolders.add(folder);
    if (sizeOf(path) === bytes.byteLength) return;
    if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) {
      this.#unsyncedFolders.add(dirname(folder)).add(this.#dataDir);
    }
    const temporary = `${path}.part`;
    try {
      writeDurably(temporary, bytes);
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  }

  /** Makes the names durable: one fsync for each folder written to since the last call. */
  sync(): void {
    for (const folder of this.#unsyncedFolders) syncFolder(folder);
    this.#unsyncedFolders.clear();
  }
}

function writeDurably(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'w', 0o600);
  try {
    for (let written = 0; written < bytes.byteLength; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function sizeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.size ?? null;
}
