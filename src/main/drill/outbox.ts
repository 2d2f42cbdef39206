import type { SeqRange } from '../../common/model/delivery';
import type { JsonObject } from '../../common/model/frame';

/** A frame that no answer has settled yet. */
export interface QueuedFrame {
  readonly seq: number;
  readonly data: JsonObject;
  /** Name of the picture to send with it; made anew at each send, for a queue of pictures would fill the memory. */
  readonly photo: string | null;
  /** Steady clock, ms, of the send that no answer came to yet; null while it waits for its turn. */
  sentAtMs: number | null;
  /** How often it was sent. */
  sends: number;
}

/** What a phone keeps until it is acked, and what of it still has to go out over the open connection. */
export class Outbox {
  readonly #frames = new Map<number, QueuedFrame>();
  /** Rising. */
  #unsent: QueuedFrame[] = [];
  #lastSeq = 0;

  get size(): number {
    return this.#frames.size;
  }

  /** Frames that wait for their turn on this connection. */
  get unsent(): number {
    return this.#unsent.length;
  }

  add(data: JsonObject, photo: string | null): void {
    this.#lastSeq += 1;
    const frame: QueuedFrame = { seq: this.#lastSeq, data, photo, sentAtMs: null, sends: 0 };
    this.#frames.set(frame.seq, frame);
    this.#unsent.push(frame);
  }

  /** The oldest frames to send: up to `limit` plain ones, or one with a photo alone. */
  take(limit: number): readonly QueuedFrame[] {
    const end = this.#unsent.slice(0, limit).findIndex((frame) => frame.photo !== null);
    return this.#unsent.splice(0, end === -1 ? limit : Math.max(1, end));
  }

  /** They go out again, before all others. */
  putBack(seqs: readonly number[]): void {
    const back = seqs.flatMap((seq) => this.#frames.get(seq) ?? []);
    for (const frame of back) frame.sentAtMs = null;
    this.#unsent = [...back, ...this.#unsent].sort((a, b) => a.seq - b.seq);
  }

  /** The connection is another one: everything without an answer goes out again. */
  rewind(): void {
    this.#unsent = [...this.#frames.values()];
    for (const frame of this.#unsent) frame.sentAtMs = null;
  }

  /** Gives up what was sent before this moment (steady clock, ms) and got no answer. @returns how many. */
  giveUp(sentBeforeMs: number): number {
    let lost = 0;
    // In the order of capture, and with it of sending: the first that is young enough ends the look.
    for (const { seq, sentAtMs } of this.#frames.values()) {
      if (sentAtMs === null || sentAtMs >= sentBeforeMs) break;
      this.#frames.delete(seq);
      lost += 1;
    }
    return lost;
  }

  /** @returns the frames that these ranges settle, each once. */
  settle(ranges: readonly SeqRange[]): readonly QueuedFrame[] {
    const settled: QueuedFrame[] = [];
    for (const [from, to] of ranges) {
      for (let seq = from; seq <= to; seq += 1) {
        const frame = this.#frames.get(seq);
        if (frame && this.#frames.delete(seq)) settled.push(frame);
      }
    }
    return settled;
  }
}
