/** Long enough for a page that is there to answer, short enough not to be waited for. */
const STAY_OUT_MS = 1_000;
/** Control rooms answer one after another, not all at once. */
const TURN_MS = 300;

/** A broadcast offer that waits for somebody's answer. */
interface Waiting {
  readonly peerId: string;
  readonly timer: ReturnType<typeof setTimeout>;
}

/**
 * Offers that pages of others made to everybody. The control room stays out of what they have with each other: it takes
 * an offer only when nobody has answered within a second, of which the hub tells.
 */
export class PlainOffers {
  #waiting: Waiting[] = [];

  /** @param turn how many other control rooms are to answer before this one */
  offered(peerId: string, turn: number, answer: () => void): void {
    this.forget(peerId);
    const timer = setTimeout(
      () => {
        this.#waiting = this.#waiting.filter((waiting) => waiting.peerId !== peerId);
        answer();
      },
      STAY_OUT_MS + turn * TURN_MS,
    );
    this.#waiting.push({ peerId, timer });
  }

  /** It has its answer, another control room takes it, or its page has gone. */
  forget(peerId: string): void {
    for (const waiting of this.#waiting) if (waiting.peerId === peerId) clearTimeout(waiting.timer);
    this.#waiting = this.#waiting.filter((waiting) => waiting.peerId !== peerId);
  }

  clear(): void {
    for (const { timer } of this.#waiting) clearTimeout(timer);
    this.#waiting = [];
  }
}
