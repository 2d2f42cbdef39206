import type { SeqRange } from '../../../common/model/delivery';
import type { HubToPhone } from '../../../common/wire/ingest';
import type { Link } from './link';

/** What goes to the hub beside the frames. What is stored there has a number, given here. */
export type Word =
  | { readonly type: 'reply'; readonly to: string; readonly answer: string }
  | { readonly type: 'message'; readonly text: string; readonly timestamp: string }
  | { readonly type: 'sos'; readonly active: boolean; readonly text?: string; readonly timestamp: string }
  | { readonly type: 'read'; readonly to: string }
  /** Frames given up, by their own boot. */
  | { readonly type: 'dropped'; readonly boot: string; readonly ranges: readonly SeqRange[] };

interface Posted {
  readonly text: string;
  /** Whether a message of the hub answers it, well or badly; null: nothing does. */
  readonly isAnsweredBy: ((message: HubToPhone) => boolean) | null;
  isSent: boolean;
  readonly stored: () => void;
}

/** How long to wait when the hub says that it stores nothing just now and not for how long, ms. */
const RETRY_MS = 5_000;

/**
 * Kept until the hub has it: what it acks until the ack, a `read` until it was sent. It lives in memory: an answer is worth
 * the minutes the page is open.
 */
export class Outbox {
  readonly #link: Link;
  /** The counting epoch of these words: the frames count for themselves. */
  readonly #boot: string;
  readonly #emptied: () => void;
  #posted: readonly Posted[] = [];
  #lastSeq = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(link: Link, boot: string, emptied: () => void) {
    this.#link = link;
    this.#boot = boot;
    this.#emptied = emptied;
    link.listen({
      stateChanged: (state) => {
        if (state.kind === 'connected') this.#flush();
      },
      received: (message) => this.#received(message),
      lost: () => {
        clearTimeout(this.#retry);
        for (const posted of this.#posted) posted.isSent = false;
      },
    });
  }

  get isEmpty(): boolean {
    return this.#posted.length === 0;
  }

  /** `stored`: the hub has it on its disk. */
  post(word: Word, stored: () => void = () => undefined): void {
    this.#posted = [...this.#posted, { ...this.#wrap(word), stored }];
    this.#flush();
  }

  #wrap(word: Word): Omit<Posted, 'stored'> {
    switch (word.type) {
      case 'read':
        return { text: JSON.stringify(word), isAnsweredBy: null, isSent: false };
      case 'dropped':
        return { text: JSON.stringify(word), isAnsweredBy: (message) => isAckOf(word, message), isSent: false };
      case 'reply':
      case 'message':
      case 'sos': {
        const boot = this.#boot;
        const seq = ++this.#lastSeq;
        const isAnsweredBy = (message: HubToPhone): boolean =>
          (message.type === 'ack' || message.type === 'error') &&
          message.boot === boot &&
          'seq' in message &&
          message.seq === seq;
        return { text: JSON.stringify({ ...word, boot, seq }), isAnsweredBy, isSent: false };
      }
    }
  }

  #flush(): void {
    for (const posted of this.#posted) {
      if (!posted.isSent) posted.isSent = this.#link.send(posted.text);
    }
    this.#keep(({ isAnsweredBy, isSent }) => isAnsweredBy !== null || !isSent);
  }

  #received(message: HubToPhone): void {
    const answered = this.#posted.find(({ isAnsweredBy }) => isAnsweredBy?.(message));
    if (!answered) return;
    if (message.type === 'error' && (message.code === 'storage_unavailable' || message.code === 'rate_limited')) {
      answered.isSent = false;
      clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.#flush(), message.retryAfterMs ?? RETRY_MS);
    } else {
      this.#keep((posted) => posted !== answered);
      if (message.type === 'ack') answered.stored();
    }
  }

  #keep(stays: (posted: Posted) => boolean): void {
    if (this.isEmpty) return;
    this.#posted = this.#posted.filter(stays);
    if (this.isEmpty) this.#emptied();
  }
}

/** The hub acks what was given up like a batch of which it took nothing. */
function isAckOf(word: Extract<Word, { type: 'dropped' }>, message: HubToPhone): boolean {
  if (message.type !== 'ack' || !('settled' in message) || message.boot !== word.boot) return false;
  const isOfFrames = message.stored + message.duplicates + message.refused.length > 0;
  return !isOfFrames && JSON.stringify(message.settled) === JSON.stringify(word.ranges);
}
