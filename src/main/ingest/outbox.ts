import type { Duplex } from 'node:stream';
import { headerLength, writeTextHeader } from '../../common/wire/text-frame';

/**
 * Text frames to one phone. What is sent in one turn of the event loop leaves in one chunk, one system call and one TLS
 * record: one commit acks many frames of the same phone, and each write costs more than making the ack. Without compression
 * `ws` keeps no queue of its own, so the order with its pings and close frames holds, once {@link Outbox.flush} was called.
 */
export class Outbox {
  readonly #raw: Duplex;
  readonly #onWritten: () => void;
  #texts: string[] = [];

  /** @param onWritten called after each chunk was handed over. */
  constructor(raw: Duplex, onWritten: () => void) {
    this.#raw = raw;
    this.#onWritten = onWritten;
  }

  add(text: string): void {
    this.#texts.push(text);
    // After all promises that the commit settled.
    if (this.#texts.length === 1) process.nextTick(() => this.flush());
  }

  /** Now, and not at the end of the turn: before a close frame, say. */
  flush(): void {
    if (this.#texts.length === 0) return;
    const texts = this.#texts;
    this.#texts = [];
    if (!this.#raw.writable) return;
    this.#raw.write(framesOf(texts));
    this.#onWritten();
  }
}

function framesOf(texts: readonly string[]): Buffer {
  const lengths = texts.map((text) => Buffer.byteLength(text));
  const frames = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + headerLength(length) + length, 0));
  let at = 0;
  texts.forEach((text, index) => {
    at = writeTextHeader(frames, at, lengths[index] ?? 0);
    at += frames.write(text, at, 'utf8');
  });
  return frames;
}
