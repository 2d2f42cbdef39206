import type { JsonObject } from '../../../common/model/frame';
import { LIMITS } from '../../../common/wire/limits';
import type { QueuedRow } from '../queue/batches';
import type { FrameQueue } from '../queue/frame-queue';
import type { LastWord, PhoneState } from '../stores/phone-store';

export interface WordsListener {
  showed(state: Partial<Pick<PhoneState, 'sos' | 'lastWord'>>): void;
  /** One more waits in the queue. */
  kept(): void;
  /** The phone keeps nothing any more. */
  failed(): void;
}

const SOS = 'perch.sos';

/** What the person says: kept in the queue like frames, numbered like them, and never given up. */
export class Words {
  readonly #queue: FrameQueue;
  readonly #storage: Storage;
  readonly #listener: WordsListener;
  #lastKind: LastWord['kind'] | null = null;
  #lastSeq = 0;

  constructor(queue: FrameQueue, storage: Storage, listener: WordsListener) {
    this.#queue = queue;
    this.#storage = storage;
    this.#listener = listener;
  }

  /** An SOS holds across a reload until the person ends it. */
  async restore(): Promise<void> {
    const active = this.#storage.getItem(SOS) !== null;
    const waits = await this.#queue.has('sos');
    if (active || waits) this.#listener.showed({ sos: { active, state: waits ? 'queued' : 'stored' } });
  }

  /** At most 2,000 characters; the rest is cut off. */
  say(kind: LastWord['kind'], text: string): void {
    this.#lastKind = kind;
    this.#listener.showed({ lastWord: { kind, state: 'queued' } });
    this.#keep({ type: 'message', text: text.slice(0, LIMITS.wordLength) }).then(
      (seq) => {
        this.#lastSeq = seq;
      },
      () => undefined,
    );
  }

  reply(to: string, answer: string): void {
    void this.#keep({ type: 'reply', to, answer });
  }

  sos(active: boolean, text?: string): void {
    if (active) this.#storage.setItem(SOS, '1');
    else this.#storage.removeItem(SOS);
    this.#listener.showed({ sos: { active, state: 'queued' } });
    void this.#keep({ type: 'sos', active, ...(text ? { text: text.slice(0, LIMITS.wordLength) } : {}) });
  }

  /** The hub has one of them on its disk. */
  async stored({ body, boot, seq }: QueuedRow): Promise<void> {
    const word = JSON.parse(body) as JsonObject;
    if (word.type === 'sos' && !(await this.#queue.has('sos')))
      this.#listener.showed({ sos: { active: word.active === true, state: 'stored' } });
    const isLast = boot.name === this.#queue.boot.name && seq === this.#lastSeq;
    if (isLast && this.#lastKind) this.#listener.showed({ lastWord: { kind: this.#lastKind, state: 'stored' } });
  }

  /** 0 when it could not be kept. */
  async #keep(word: JsonObject): Promise<number> {
    const atMs = Date.now();
    try {
      const seq = await this.#queue.captureWord({ ...word, timestamp: new Date(atMs).toISOString() }, atMs);
      this.#listener.kept();
      return seq;
    } catch {
      this.#listener.failed();
      return 0;
    }
  }
}
