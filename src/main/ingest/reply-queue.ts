/** Sent places that are kept before they are thrown away together. */
const SENT_KEPT = 64;

/**
 * Keeps the answers of one connection in the order of its messages: an answer that is ready waits for those before
 * it. Sending stops when the socket is gone.
 */
export class ReplyQueue {
  readonly #send: (text: string) => void;
  #slots: Array<{ text: string | null }> = [];
  /** Those before it are sent. */
  #first = 0;
  #onEmpty: Array<() => void> = [];

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  /** Takes the next place. The returned function fills it, with an object or with JSON; it is called exactly once. */
  reserve(): (reply: object | string) => void {
    const slot: { text: string | null } = { text: null };
    this.#slots.push(slot);
    return (reply) => {
      slot.text = typeof reply === 'string' ? reply : JSON.stringify(reply);
      this.#flush();
    };
  }

  /** An answer that is ready now. */
  add(reply: object): void {
    this.reserve()(reply);
  }

  /** Resolves when every place taken so far is answered. */
  whenEmpty(): Promise<void> {
    if (this.#first === this.#slots.length) return Promise.resolve();
    return new Promise((resolve) => this.#onEmpty.push(resolve));
  }

  #flush(): void {
    for (; this.#first < this.#slots.length; this.#first += 1) {
      const text = this.#slots[this.#first]?.text;
      if (text == null) break;
      this.#send(text);
    }
    if (this.#first < this.#slots.length) {
      // Taking from the front one by one would move all the others each time.
      if (this.#first <= SENT_KEPT) return;
      this.#slots = this.#slots.slice(this.#first);
      this.#first = 0;
      return;
    }
    this.#slots = [];
    this.#first = 0;
    const waiting = this.#onEmpty;
    this.#onEmpty = [];
    for (const resolve of waiting) resolve();
  }
}
