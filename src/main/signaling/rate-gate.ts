import { SIGNALING_LIMITS } from '../../common/wire/signaling';

/** What may pass in a second, and at once. */
export interface Rate {
  readonly messages: number;
  readonly bytes: number;
}

const CLIENT: Rate = { messages: SIGNALING_LIMITS.messagesPerSecond, bytes: SIGNALING_LIMITS.bytesPerSecond };

/** Messages and bytes a second, each with a second's worth, times `burst`, at once; by default those of one client. */
export class RateGate {
  readonly #burst: number;
  readonly #rate: Rate;
  #messages: number;
  #bytes: number;
  #atMs = 0;

  constructor(burst = 1, rate = CLIENT) {
    this.#burst = burst;
    this.#rate = rate;
    this.#messages = rate.messages * burst;
    this.#bytes = rate.bytes * burst;
  }

  /** @param nowMs of a clock that does not go back. @returns whether this message may pass; what may not costs nothing. */
  take(bytes: number, nowMs: number): boolean {
    const passedS = (nowMs - this.#atMs) / 1000;
    this.#atMs = nowMs;
    this.#messages = Math.min(this.#rate.messages * this.#burst, this.#messages + passedS * this.#rate.messages);
    this.#bytes = Math.min(this.#rate.bytes * this.#burst, this.#bytes + passedS * this.#rate.bytes);
    if (this.#messages < 1 || this.#bytes < bytes) return false;
    this.#messages -= 1;
    this.#bytes -= bytes;
    return true;
  }

  /** When it was last asked. */
  get atMs(): number {
    return this.#atMs;
  }
}
