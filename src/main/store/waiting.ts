import { LIMITS } from '../../common/wire/limits';

/** What was given to the writer and is not settled yet. */
export class Waiting {
  frames = 0;
  bytes = 0;
  #wasFull = false;
  readonly #listeners = new Set<() => void>();

  add(frames: number, bytes: number): void {
    this.frames += frames;
    this.bytes += bytes;
    if (this.frames >= LIMITS.waitingFrames || this.bytes >= LIMITS.waitingBytes) this.#wasFull = true;
  }

  /** Calls the drain listeners once half of the limits is free again: pausing and resuming at one mark would flutter. */
  remove(frames: number, bytes: number): void {
    this.frames -= frames;
    this.bytes -= bytes;
    if (!this.#wasFull || this.frames > LIMITS.waitingFrames / 2 || this.bytes > LIMITS.waitingBytes / 2) return;
    this.#wasFull = false;
    for (const listener of this.#listeners) listener();
  }

  onDrain(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
