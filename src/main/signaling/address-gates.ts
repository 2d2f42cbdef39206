import { RateGate } from './rate-gate';

/** All sockets of one address together: a phone has one or two, a router that hides many has them send with `to`. */
const ANY = { messages: 4_000, bytes: 16 * 1024 * 1024 };
/** To all: each is written to every client. Three times what one client may. */
const TO_ALL = { messages: 600, bytes: 3 * 1024 * 1024 };

interface Gates {
  readonly any: RateGate;
  readonly toAll: RateGate;
}

/** More addresses at a time than that are looked through for those that have been quiet. */
const MANY = 256;
const QUIET_MS = 2_000;

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/**
 * What the clients of one address may send together, so that many sockets are no way around the limit of one. Not for
 * programs on this laptop, nor for control rooms, which have no address.
 */
export class AddressGates {
  readonly #gates = new Map<string, Gates>();

  /** Any message. */
  take(address: string | null, bytes: number, nowMs: number): boolean {
    return this.#of(address, nowMs)?.any.take(bytes, nowMs) ?? true;
  }

  /** One that all hear of. */
  takeToAll(address: string | null, bytes: number, nowMs: number): boolean {
    return this.#of(address, nowMs)?.toAll.take(bytes, nowMs) ?? true;
  }

  #of(address: string | null, nowMs: number): Gates | null {
    if (address === null || isLoopback(address)) return null;
    let gates = this.#gates.get(address);
    if (!gates) {
      if (this.#gates.size >= MANY) this.#forgetQuiet(nowMs);
      gates = { any: new RateGate(1, ANY), toAll: new RateGate(1, TO_ALL) };
      this.#gates.set(address, gates);
    }
    return gates;
  }

  /** Quiet for longer than its gates take to fill: a new one is the same. */
  #forgetQuiet(nowMs: number): void {
    for (const [address, { any }] of this.#gates) if (nowMs - any.atMs > QUIET_MS) this.#gates.delete(address);
  }
}
