/**
 * Keeps the answers of one connection in the order of its messages: an answer that is ready waits for those before
 * it. Sending stops when the socket is gone.
 */
export class ReplyQueue {
  readonly #send: (text: string) => void;
  readonly #slots: Array<{ text: string | null }> = [];
  #onEmpty: Array<() => void> = [];

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  /** Takes the next place. The returned function fills it; it is called exactly once. */
  reserve(): (reply: object) => void {
    const slot: { text: string | null } = { text: null };
    this.#slots.push(slot);
    return (reply) => {
      slot.text = JSON.stringify(reply);
      this.#flush();
    };
  }

  /** An answer that is ready now. */
  add(reply: object): void {
    this.reserve()(reply);
  }

  /** Resolves when every place taken so far is answered. */
  whenEmpty(): Promise<void> {
    if (this.#slots.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#onEmpty.push(resolve));
  }

  #flush(): void {
    while (this.#slots[0]?.text != null) this.#send(this.#slots.shift()?.text ?? '');
    if (this.#slots.length > 0) return;
    const waiting = this.#onEmpty;
    this.#onEmpty = [];
    for (const resolve of waiting) resolve();
  }
}
