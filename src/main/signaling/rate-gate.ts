import { SIGNALING_LIMITS } from '../../common/wire/signaling';

/** What one client may send: messages and bytes a second, each with a second's worth, times `burst`, at once. */
export class RateGate {
  readonly #burst: number;
  #messages: number;
  #bytes: number;
  #atMs = 0;

  constructor(burst = 1) {
    this.#burst = burst;
    this.#messages = SIGNALING_LIMITS.messagesPerSecond * burst;
    this.#bytes = SIGNALING_LIMITS.bytesPerSecond * burst;
  }

  /** @param nowMs of a clock that does not go back. @returns whether this message may pass; what may not costs nothing. */
  take(bytes: number, nowMs: number): boolean {
    const { messagesPerSecond, bytesPerSecond } = SIGNALING_LIMITS;
    const passedS = (nowMs - this.#atMs) / 1000;
    this.#atMs = nowMs;
    this.#messages = Math.min(messagesPerSecond * this.#burst, this.#messages + passedS * messagesPerSecond);
    this.#bytes = Math.min(bytesPerSecond * this.#burst, this.#bytes + passedS * bytesPerSecond);
    if (this.#messages < 1 || this.#bytes < bytes) return false;
    this.#messages -= 1;
    this.#bytes -= bytes;
    return true;
  }
}
