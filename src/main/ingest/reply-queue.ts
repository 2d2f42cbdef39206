/** Sent places that are kept before they are thrown away together. */
const SENT_KEPT = 64;

/** A place in the queue, to be filled once. */
export interface Reply {
  text: string | null;
}

/**
 * Keeps the answers of one connection in the order of its messages: an answer that is ready waits for those before
 * it. Sending stops when the socket is gone.
 */
export class ReplyQueue {
  readonly #send: (text: string) => void;
  #replies: Reply[] = [];
  /** Those before it are sent. */
  #first = 0;
  #onEmpty: Array<() => void> = [];

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  /** Takes the next place. */
  reserve(): Reply {
    const reply: Reply = { text: null };
    this.#replies.push(reply);
    return reply;
  }

  /** @param answer an object, or JSON. */
  fill(reply: Reply, answer: object | string): void {
    reply.text = typeof answer === 'string' ? answer : JSON.stringify(answer);
    this.#flush();
  }

  /** An answer that is ready now. */
  add(answer: object): void {
    this.fill(this.reserve(), answer);
  }

  /** Resolves when every place taken so far is answered. */
  whenEmpty(): Promise<void> {
    if (this.#first === this.#replies.length) return Promise.resolve();
    return new Promise((resolve) => this.#onEmpty.push(resolve));
  }

  #flush(): void {
    for (; this.#first < this.#replies.length; this.#first += 1) {
      const text = this.#replies[this.#first]?.text;
      if (text == null) break;
      this.#send(text);
    }
    if (this.#first < this.#replies.length) {
      // Taking from the front one by one would move all the others each time.
      if (this.#first <= SENT_KEPT) return;
      this.#replies = this.#replies.slice(this.#first);
      this.#first = 0;
      return;
    }
    this.#replies = [];
    this.#first = 0;
    const waiting = this.#onEmpty;
    this.#onEmpty = [];
    for (const resolve of waiting) resolve();
  }
}
