import type { JsonObject } from '../../../common/model/frame';
import type { HubToPhone } from '../../../common/wire/ingest';
import { randomId } from '../identity/random-id';
import type { Link } from './link';

/** A person says few words; more of them than this are of a phone that nobody reads any more. */
const LIMIT = 50;
/** Until a word that the hub put off is sent again, ms, where it does not say. */
const AGAIN_MS = 5_000;

/**
 * Words that this phone's storage did not take: sent without a number, at once or with the next link, and kept in memory
 * until the hub has them. The same one may be stored twice then: better than not at all.
 */
export class Unkept {
  readonly #link: Link;
  readonly #stored: (word: JsonObject) => void;
  /** By the id that its ack names. */
  readonly #waiting = new Map<string, JsonObject>();
  #again: ReturnType<typeof setTimeout> | undefined;

  /** `stored`: the hub has it on its disk. */
  constructor(link: Link, stored: (word: JsonObject) => void) {
    this.#link = link;
    this.#stored = stored;
    link.listen({
      stateChanged: (state) => {
        if (state.kind === 'connected') this.#sendAll();
      },
      received: (message) => this.#received(message),
      lost: () => undefined,
    });
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  send(word: JsonObject): void {
    const id = randomId();
    this.#waiting.set(id, word);
    for (const [oldest] of this.#waiting) {
      if (this.#waiting.size <= LIMIT) break;
      this.#waiting.delete(oldest);
    }
    this.#sendOne(id, word);
  }

  #sendOne(id: string, word: JsonObject): void {
    this.#link.send(JSON.stringify({ ...word, id }));
  }

  #sendAll(): void {
    for (const [id, word] of this.#waiting) this.#sendOne(id, word);
  }

  #received(message: HubToPhone): void {
    if (message.type !== 'ack' && message.type !== 'error') return;
    const id = 'received' in message && typeof message.received === 'string' ? message.received : null;
    const word = id === null ? undefined : this.#waiting.get(id);
    if (id === null || !word) return;
    if (message.type === 'ack') {
      this.#waiting.delete(id);
      this.#stored(word);
      return;
    }
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#sendAll(), message.retryAfterMs ?? AGAIN_MS);
  }
}
