/** Each new connection costs this page objects and threads: a peer has one a second, and of more the newest. */
const EVERY_MS = 1_000;

interface Peer {
  readonly takenAtMs: number;
  /** The newest offer that waits; null: none. */
  waiting: { readonly take: () => void; readonly timer: ReturnType<typeof setTimeout> } | null;
}

/** Lets the offers of each peer through no faster than they can be answered. */
export class OfferGate {
  readonly #peers = new Map<string, Peer>();

  offered(peerId: string, take: () => void): void {
    const before = this.#peers.get(peerId);
    if (before?.waiting) clearTimeout(before.waiting.timer);
    const waitMs = before ? before.takenAtMs + EVERY_MS - performance.now() : 0;
    const pass = (): void => {
      this.#peers.set(peerId, { takenAtMs: performance.now(), waiting: null });
      take();
    };
    if (!before || waitMs <= 0) pass();
    else before.waiting = { take, timer: setTimeout(pass, waitMs) };
  }

  /** Candidates that come now are of an offer that has not been taken yet. */
  isWaiting(peerId: string): boolean {
    return (this.#peers.get(peerId)?.waiting ?? null) !== null;
  }

  /** Its peer has gone. */
  forget(peerId: string): void {
    const { waiting } = this.#peers.get(peerId) ?? {};
    if (waiting) clearTimeout(waiting.timer);
    this.#peers.delete(peerId);
  }

  clear(): void {
    for (const peerId of [...this.#peers.keys()]) this.forget(peerId);
  }
}
