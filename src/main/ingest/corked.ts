import type { Duplex } from 'node:stream';

/**
 * Lets what is written to a socket in one turn of the event loop leave in one system call (and one TLS record): one
 * commit acks many frames of the same phone, and each write costs more than making the ack.
 */
export class Corked {
  readonly #raw: Duplex;
  #isCorked = false;

  constructor(raw: Duplex) {
    this.#raw = raw;
  }

  /** Before a write. */
  cork(): void {
    if (this.#isCorked) return;
    this.#isCorked = true;
    this.#raw.cork();
    // After all promises that the commit settled.
    process.nextTick(() => {
      this.#isCorked = false;
      this.#raw.uncork();
    });
  }
}
