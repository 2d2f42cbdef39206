import { toBase64 } from '../base64';

/** The hub takes messages of 1 MiB: this much is 920,000 characters of base64. */
const PIECE_BYTES = 690_000;
/** What waits longer than this, or is more, will not be caught up with, and would fill the memory. */
const LATE_MS = 10_000;
const HELD_BYTES = 64 * 1024 * 1024;

/** What was recorded came faster than the hub took it. */
class TooSlowError extends Error {
  constructor() {
    super('The hub takes in what is recorded too slowly. Record fewer shares at a time, or check the laptop’s disk.');
    this.name = 'TooSlowError';
  }
}

interface Options {
  /** Sends one piece, base64, numbered from 0. @returns bytes that are on the disk */
  append(index: number, piece: string): Promise<number>;
  grew(bytes: number): void;
  /** It goes no further; once. What waited is let go. */
  failed(error: unknown): void;
  now(): number;
}

interface Waiting {
  readonly chunk: Blob;
  readonly atMs: number;
}

/** Chunks on their way to the hub, strictly one after the other. */
export class ChunkQueue {
  readonly #options: Options;
  #waiting: Waiting[] = [];
  #index = 0;
  #hasFailed = false;
  #sending: Promise<void> | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  push(chunk: Blob): void {
    if (this.#hasFailed || chunk.size === 0) return;
    const nowMs = this.#options.now();
    const oldest = this.#waiting[0];
    const held = this.#waiting.reduce((sum, { chunk: { size } }) => sum + size, chunk.size);
    if ((oldest && nowMs - oldest.atMs > LATE_MS) || held > HELD_BYTES) {
      this.#fail(new TooSlowError());
      return;
    }
    this.#waiting.push({ chunk, atMs: nowMs });
    this.#sending ??= this.#sendAll();
  }

  /** Resolves when nothing waits any more: all is on the disk, or it failed. */
  async drained(): Promise<void> {
    await this.#sending;
  }

  async #sendAll(): Promise<void> {
    // What is being sent stays first in line until it is on the disk: its age is how far behind the hub is.
    for (let next = this.#waiting[0]; next && !this.#hasFailed; next = this.#waiting[0]) {
      try {
        await this.#send(next.chunk);
      } catch (error) {
        this.#fail(error);
      }
      this.#waiting.shift();
    }
    this.#sending = null;
  }

  async #send(chunk: Blob): Promise<void> {
    for (let from = 0; from < chunk.size && !this.#hasFailed; from += PIECE_BYTES) {
      const piece = await toBase64(chunk.slice(from, from + PIECE_BYTES));
      const bytes = await this.#options.append(this.#index, piece);
      this.#index += 1;
      this.#options.grew(bytes);
    }
  }

  #fail(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#waiting = [];
    this.#options.failed(error);
  }
}
