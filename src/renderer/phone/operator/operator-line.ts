import type { HubToPhone, KickCode } from '../../../common/wire/ingest';
import type { Link } from '../link/link';
import { type Notice, withNotice, withoutNotice } from './notice';

export interface OperatorLineListener {
  /** What is on the screen from now on, newest first. */
  showed(notices: readonly Notice[]): void;
  /** Something new came: make it heard. */
  called(): void;
  /** A fresh position is wanted now. False: nothing is sensed just now, and the person decides that. */
  located(): boolean;
  /** The operator took this phone out; `reason` as the operator wrote it, '' for none; `code`: the hub's own words for it. */
  kicked(reason: string, code: KickCode | null): void;
}

/** How the person's answers leave. */
export interface Answering {
  read(to: string): void;
  reply(to: string, answer: string): void;
}

/** What the hub stores as the answer to a request; the control room shows it as it is. */
export const ANSWERS = {
  ok: 'I am OK',
  notNow: 'Not now',
  stopped: 'Not sharing just now',
  share: 'Yes, I share',
  noShare: 'No',
} as const;

/** What the operator says and asks, and what the person answers. */
export class OperatorLine {
  readonly #answering: Answering;
  readonly #listener: OperatorLineListener;
  #notices: readonly Notice[] = [];
  /** Answered on this page load: the hub may send them again before it heard. */
  readonly #answered = new Set<string>();

  constructor(link: Link, answering: Answering, listener: OperatorLineListener) {
    this.#answering = answering;
    this.#listener = listener;
    link.listen({
      stateChanged: () => undefined,
      received: (message) => this.#received(message),
      lost: () => undefined,
    });
  }

  /** The person has read a message. */
  read(id: string): void {
    this.#answering.read(id);
    this.#close(id);
  }

  reply(id: string, answer: string): void {
    this.#answering.reply(id, answer);
    this.#close(id);
  }

  /** A photo was taken: it answers by itself. */
  photoTaken(): void {
    for (const { kind, id } of this.#notices) if (kind === 'photo') this.#close(id);
  }

  #received(message: HubToPhone): void {
    if (message.type === 'message') this.#open({ kind: 'message', id: message.id, text: message.text });
    else if (message.type === 'kicked') this.#kicked(message.reason, message.code ?? null);
    else if (message.type === 'request') this.#requested(message.id, message.what);
  }

  /** What was asked of this phone before is asked no more. */
  #kicked(reason: string, code: KickCode | null): void {
    this.#show([]);
    this.#listener.kicked(reason, code);
  }

  #requested(id: string, what: string): void {
    if (what === 'check-in' || what === 'photo' || what === 'share') this.#open({ kind: what, id });
    // Nothing to see or to press: the fix is the answer. Without one the operator learns why none comes.
    else if (what === 'locate' && !this.#listener.located()) this.reply(id, ANSWERS.stopped);
  }

  #open(notice: Notice): void {
    if (this.#answered.has(notice.id)) return;
    const notices = withNotice(this.#notices, notice);
    if (notices === this.#notices) return;
    this.#show(notices);
    this.#listener.called();
  }

  #close(id: string): void {
    this.#answered.add(id);
    this.#show(withoutNotice(this.#notices, id));
  }

  #show(notices: readonly Notice[]): void {
    this.#notices = notices;
    this.#listener.showed(notices);
  }
}
