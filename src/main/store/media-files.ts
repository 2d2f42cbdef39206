import { createHash } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BoundedMap } from './bounded-map';

/** Where the content with this digest lives: `media/ab/abcdef….jpg`. */
export function mediaPath(dataDir: string, sha256: string, extension: string): string {
  return join(dataDir, 'media', sha256.slice(0, 2), `${sha256}.${extension}`);
}

/** A file to be kept, by its content. */
interface Content {
  readonly sha256: string;
  readonly extension: string;
  readonly bytes: Uint8Array;
}

/** Files known to be sound that are not read again when their content comes again. */
const KNOWN_FILES = 10_000;

/** Writes media files so that they are on the disk, names included, before a transaction refers to them. */
export class MediaFiles {
  readonly #dataDir: string;
  /** Paths of files that this run wrote or read. */
  readonly #sound = new BoundedMap<string, true>(KNOWN_FILES);

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  /**
   * One copy a content: a file that is there already is left alone, once its content was seen to be whole: nothing is
   * acked against one that a crash or the disk spoilt. All at once: the file system then makes one entry in its
   * journal for many files, where one after the other it would make one for each. Rejects when one of them failed,
   * after the last has ended.
   */
  async keep(contents: readonly Content[]): Promise<void> {
    const folders = new Set<string>();
    const files = new Map(contents.map((one) => [mediaPath(this.#dataDir, one.sha256, one.extension), one]));
    const written = [...files].map(async ([path, { sha256, bytes }]) => {
      const folder = dirname(path);
      // Even for a file that is there: the run that made it may have ended before its name was on the disk.
      folders.add(folder);
      if (sizeOf(path) === bytes.byteLength && (this.#sound.get(path) ?? (await holds(path, sha256)))) {
        this.#sound.set(path, true);
        return;
      }
      if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) {
        folders.add(dirname(folder)).add(this.#dataDir);
      }
      await writeDurably(path, bytes);
      this.#sound.set(path, true);
    });
    await allEnded(written);
    await allEnded([...folders].map(syncName));
  }
}

/** Like Promise.all, but nothing goes on behind a failure. */
async function allEnded(promises: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(promises)) {
    if (result.status === 'rejected') throw result.reason;
  }
}

async function holds(path: string, sha256: string): Promise<boolean> {
  try {
    return (
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex') === sha256
    );
  } catch {
    // What can't be read is written again.
    return false;
  }
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.part`;
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function syncName(folder: string): Promise<void> {
  // Windows can't open a folder; NTFS journals names by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** null: there is none. */
export function sizeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.size ?? null;
}
