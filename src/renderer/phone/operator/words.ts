import type { JsonObject } from '../../../common/model/frame';
import { LIMITS } from '../../../common/wire/limits';
import type { QueuedRow } from '../queue/batches';
import type { FrameQueue } from '../queue/frame-queue';
import type { LastWord, PhoneState } from '../stores/phone-store';

export interface WordsListener {
  showed(state: Partial<Pick<PhoneState, 'sos' | 'lastWord'>>): void;
  /** One more waits in the queue. */
  kept(): void;
  /** The phone keeps nothing any more: this word leaves without a number, now or never. */
  unkept(word: JsonObject): void;
}

/** Holds {@link UNMET}, or the id of the hub that the call for help that is not over went to. */
const SOS = 'perch.sos';
const UNMET = '1';

/** What the person says: kept in the queue like frames, numbered like them, and never given up. */
export class Words {
  readonly #queue: FrameQueue;
  readonly #storage: Storage;
  readonly #listener: WordsListener;
  #lastKind: LastWord['kind'] | null = null;
  #lastSeq = 0;
  /** The hub that answers; null before the first welcome. */
  #hubId: string | null = null;
  /** A call for help of this page load is not over. */
  #isCalling = false;
  /** The last of each kind that could not be kept: what becomes of it is shown. */
  #unkeptSos: JsonObject | null = null;
  #unkeptText: JsonObject | null = null;

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

  /**
   * That hub has welcomed this phone. A call for help that another hub has is made again here; one of an earlier page load is
   * that hub's alone.
   */
  met(hubId: string): void {
    this.#hubId = hubId;
    const called = this.#storage.getItem(SOS);
    if (called === null || called === hubId) return;
    if (called === UNMET) this.#remember(hubId);
    else if (this.#isCalling) this.sos(true);
    else {
      this.#remember(null);
      this.#listener.showed({ sos: null });
    }
  }

  /** At most 2,000 characters; the rest is cut off. */
  say(kind: LastWord['kind'], text: string): void {
    this.#lastKind = kind;
    this.#unkeptText = null;
    this.#listener.showed({ lastWord: { kind, state: 'queued' } });
    void this.#keep({ type: 'message', text: text.slice(0, LIMITS.wordLength) }, (kept) => {
      if (typeof kept === 'number') {
        this.#lastSeq = kept;
        return;
      }
      this.#unkeptText = kept;
      this.#listener.showed({ lastWord: { kind, state: 'unsent' } });
    });
  }

  reply(to: string, answer: string): void {
    void this.#keep({ type: 'reply', to, answer }, () => undefined);
  }

  sos(active: boolean, text?: string): void {
    this.#remember(active ? (this.#hubId ?? UNMET) : null);
    this.#isCalling = active;
    this.#unkeptSos = null;
    this.#listener.showed({ sos: { active, state: 'queued' } });
    void this.#keep({ type: 'sos', active, ...(text ? { text: text.slice(0, LIMITS.wordLength) } : {}) }, (kept) => {
      if (typeof kept === 'number') return;
      this.#unkeptSos = kept;
      this.#listener.showed({ sos: { active, state: 'unsent' } });
    });
  }

  /** The hub has one of them on its disk. */
  async stored({ body, boot, seq }: QueuedRow): Promise<void> {
    const word = JSON.parse(body) as JsonObject;
    if (word.type === 'sos' && this.#unkeptSos === null && !(await this.#waits()))
      this.#listener.showed({ sos: { active: word.active === true, state: 'stored' } });
    const isLast = boot.name === this.#queue.boot.name && seq === this.#lastSeq && this.#unkeptText === null;
    if (isLast && this.#lastKind) this.#listener.showed({ lastWord: { kind: this.#lastKind, state: 'stored' } });
  }

  /** The hub has one of those that could not be kept. */
  unkeptStored(word: JsonObject): void {
    if (word === this.#unkeptSos) this.#listener.showed({ sos: { active: word.active === true, state: 'stored' } });
    if (word === this.#unkeptText && this.#lastKind)
      this.#listener.showed({ lastWord: { kind: this.#lastKind, state: 'stored' } });
  }

  #waits(): Promise<boolean> {
    // What was just stored left the queue; whether another waits can't be told any more.
    return this.#queue.has('sos').catch(() => false);
  }

  /** Over a reload; a call for help must not fail for it. */
  #remember(hubId: string | null): void {
    try {
      if (hubId !== null) this.#storage.setItem(SOS, hubId);
      else this.#storage.removeItem(SOS);
    } catch {
      // Full, or a private window: the page that is open knows.
    }
  }

  /** `done`: with its number, or with the word itself when it could not be kept and was sent at once instead. */
  async #keep(said: JsonObject, done: (kept: number | JsonObject) => void): Promise<void> {
    const atMs = Date.now();
    const word = { ...said, timestamp: new Date(atMs).toISOString() };
    try {
      done(await this.#queue.captureWord(word, atMs));
      this.#listener.kept();
    } catch {
      done(word);
      this.#listener.unkept(word);
    }
  }
}
