import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** With less deleted at once, a full cache would look through its folder for every file. */
const KEPT_SHARE = 0.8;

/** Files by name in one folder, up to a size; beyond it those not used for longest go. May be deleted at any time. */
export class FileCache {
  readonly #folder: string;
  readonly #limitBytes: number;
  /** In the folder; null until it was looked at. */
  #bytes: number | null = null;

  constructor(folder: string, limitBytes: number) {
    this.#folder = folder;
    this.#limitBytes = limitBytes;
  }

  /** null: not there. */
  async read(name: string): Promise<Buffer | null> {
    const path = join(this.#folder, name);
    try {
      const bytes = await readFile(path);
      const now = new Date();
      await utimes(path, now, now);
      return bytes;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async write(name: string, bytes: Buffer): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const path = join(this.#folder, name);
    // Flushed before it has its name: a power cut leaves a whole file or none.
    await writeFile(`${path}.part`, bytes, { mode: 0o600, flush: true });
    await rename(`${path}.part`, path);
    this.#bytes = this.#bytes === null ? null : this.#bytes + bytes.byteLength;
    if (this.#bytes === null || this.#bytes > this.#limitBytes) await this.#trim();
  }

  /** Deletes the files whose name fits. */
  async remove(fits: (name: string) => boolean): Promise<void> {
    const names = await readdir(this.#folder).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    for (const name of names) if (fits(name)) await rm(join(this.#folder, name), { force: true });
    this.#bytes = null;
  }

  async #trim(): Promise<void> {
    const files = await this.#files();
    let bytes = files.reduce((sum, { size }) => sum + size, 0);
    if (bytes > this.#limitBytes) {
      for (const { path, size } of files.sort((a, b) => a.usedAtMs - b.usedAtMs)) {
        if (bytes <= this.#limitBytes * KEPT_SHARE) break;
        await rm(path, { force: true });
        bytes -= size;
      }
    }
    this.#bytes = bytes;
  }

  async #files(): Promise<Array<{ path: string; size: number; usedAtMs: number }>> {
    const files = [];
    for (const name of await readdir(this.#folder)) {
      const path = join(this.#folder, name);
      try {
        const { size, mtimeMs } = await stat(path);
        files.push({ path, size, usedAtMs: mtimeMs });
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    }
    return files;
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';
