import type { StoreLog, StoreThread, StoreTrouble } from './store';

/** So many crashes within {@link WINDOW_MS} are no accident: what is tried again and again costs the laptop, and hides it. */
const MAX_CRASHES = 3;
const WINDOW_MS = 60_000;

interface RevivalOptions {
  readonly thread: StoreThread;
  /** Starts it again. Resolves when it has shown that it works. */
  restart(): Promise<void>;
  tell(trouble: StoreTrouble): void;
  readonly log: StoreLog;
}

/** Starts a crashed thread of the store again, at once, and leaves it down after the third crash in a minute. */
export class Revival {
  readonly #options: RevivalOptions;
  /** By performance.now(): the clock of the wall may be set. */
  #crashes: number[] = [];
  #isReviving = false;
  #isClosed = false;

  constructor(options: RevivalOptions) {
    this.#options = options;
  }

  /** A thread that worked has crashed. */
  async crashed(): Promise<void> {
    if (this.#isReviving || this.#isClosed) return;
    this.#isReviving = true;
    while (this.#mayTry()) {
      try {
        await this.#options.restart();
        if (!this.#isClosed) this.#options.tell({ kind: 'thread_back', thread: this.#options.thread });
        break;
      } catch (error) {
        this.#options.log('error', 'a thread of the store could not be started again', { cause: error });
      }
    }
    this.#isReviving = false;
  }

  /** Starts nothing any more. */
  close(): void {
    this.#isClosed = true;
  }

  /** Counts a crash and tells of it. */
  #mayTry(): boolean {
    if (this.#isClosed) return false;
    const { thread } = this.#options;
    const now = performance.now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < WINDOW_MS), now];
    const isDown = this.#crashes.length >= MAX_CRASHES;
    this.#options.tell({ kind: isDown ? 'thread_down' : 'thread_crashed', thread });
    return !isDown;
  }
}
