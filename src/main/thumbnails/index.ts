import { readFile } from 'node:fs/promises';
import { HubError } from '../../common/contract/errors';
import { FileCache } from './file-cache';
import { openLibrary, render } from './render';
import { Turns } from './turns';

/** A kept media file. */
interface Picture {
  /** 64 lower-case hex digits. */
  readonly sha256: string;
  readonly path: string;
}

/** A small picture, ready to be shown. */
export interface Thumbnail {
  readonly mime: 'image/jpeg';
  readonly bytes: Buffer;
}

/** Some 5,000 thumbnails of 640 pixels. */
const CACHE_BYTES = 256 * 1024 * 1024;

/** Of libuv's four threads: the other two stay for files and names. */
const AT_ONCE = 2;

/** A wall of photos asks for all of them together. */
const MAX_WAITING = 256;

/** Makes small pictures of photos off the main loop, each once, and keeps them in a folder that may be deleted. */
export class Thumbnails {
  readonly #cache: FileCache;
  readonly #turns = new Turns(AT_ONCE, MAX_WAITING);
  /** Being made, by file name. */
  readonly #making = new Map<string, Promise<Thumbnail>>();

  constructor({ folder, limitBytes = CACHE_BYTES }: { readonly folder: string; readonly limitBytes?: number }) {
    this.#cache = new FileCache(folder, limitBytes);
  }

  /**
   * `sidePx`: its longer side, a whole number. The picture itself is never touched.
   * @throws HubError invalid_params: it is no picture that can be read; conflict: too many are being made.
   */
  of(picture: Picture, sidePx: number): Promise<Thumbnail> {
    const name = `${picture.sha256}-${sidePx}.jpg`;
    const known = this.#making.get(name);
    if (known) return known;
    const making = this.#make(name, picture, sidePx).finally(() => this.#making.delete(name));
    this.#making.set(name, making);
    return making;
  }

  /** Deletes what was made of these pictures (SHA-256), and what is being made. */
  async forget(pictures: readonly string[]): Promise<void> {
    if (pictures.length === 0) return;
    const gone = new Set(pictures);
    const isOfGone = (name: string): boolean => gone.has(name.slice(0, name.indexOf('-')));
    await Promise.allSettled([...this.#making].flatMap(([name, making]) => (isOfGone(name) ? [making] : [])));
    await this.#cache.remove(isOfGone);
  }

  async #make(name: string, picture: Picture, sidePx: number): Promise<Thumbnail> {
    const kept = await this.#cache.read(name);
    if (kept) return { mime: 'image/jpeg', bytes: kept };
    if (this.#turns.isFull)
      throw new HubError('conflict', 'Too many thumbnails are being made: try again in a moment.');
    const bytes = await this.#turns.take(async () => renderOrRefuse(await readFile(picture.path), sidePx));
    // A full disk costs time, not the picture.
    await this.#cache.write(name, bytes).catch(() => undefined);
    return { mime: 'image/jpeg', bytes };
  }
}

async function renderOrRefuse(picture: Buffer, sidePx: number): Promise<Buffer> {
  const library = await openLibrary();
  try {
    return await render(library, picture, sidePx);
  } catch {
    throw new HubError(
      'invalid_params',
      'thumb: this file is no picture that can be made smaller; ask for it as it is.',
    );
  }
}
