import type { Link } from './link';

/**
 * Read receipts: kept until they were sent, in memory. One that is lost does no harm: the hub sends the message again after
 * a reconnect until it hears that it was read.
 */
export class Outbox {
  readonly #link: Link;
  readonly #emptied: () => void;
  #waiting: readonly string[] = [];

  constructor(link: Link, emptied: () => void) {
    this.#link = link;
    this.#emptied = emptied;
    link.listen({
      stateChanged: (state) => {
        if (state.kind === 'connected') this.#flush();
      },
      received: () => undefined,
      lost: () => undefined,
    });
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** The person has read the message of that id. */
  read(to: string): void {
    this.#waiting = [...this.#waiting, JSON.stringify({ type: 'read', to })];
    this.#flush();
  }

  #flush(): void {
    if (this.isEmpty) return;
    this.#waiting = this.#waiting.filter((text) => !this.#link.send(text));
    if (this.isEmpty) this.#emptied();
  }
}
