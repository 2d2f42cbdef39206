import type { DrillRefused } from './options';

/** Ends a drill early: by its signal, or because the hub refuses it. */
export class Ending {
  #error: DrillRefused | null = null;
  #isEnded = false;
  readonly #listeners: Array<(error: DrillRefused | null) => void> = [];
  #look: () => void = () => {};

  constructor(signal: AbortSignal | undefined) {
    if (signal?.aborted) this.#isEnded = true;
    signal?.addEventListener('abort', () => this.#end(), { once: true });
  }

  onEnd(listener: (error: DrillRefused | null) => void): void {
    if (this.#isEnded) listener(this.#error);
    else this.#listeners.push(listener);
  }

  fail(error: DrillRefused): void {
    this.#error ??= error;
    this.#end();
    this.#look();
  }

  look(): void {
    this.#look();
  }

  /** Resolves when nothing waits any more, or the time is up. @throws DrillRefused */
  async drained(phones: readonly { readonly waiting: number }[], longestMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, longestMs);
      this.#look = () => {
        if (this.#error === null && phones.some((phone) => phone.waiting > 0)) return;
        clearTimeout(timer);
        resolve();
      };
      this.#look();
    });
    if (this.#error) throw this.#error;
  }

  #end(): void {
    this.#isEnded = true;
    for (const listener of this.#listeners.splice(0)) listener(this.#error);
  }
}
