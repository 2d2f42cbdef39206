import type { RateLimiter } from './rate-limiter';

/** How long a phone may send on through refusals before it is shut out, ms (docs/wire-protocol.md, section 3). */
const PATIENCE_MS = 10_000;
/** A sender that kept still for this long after it was refused has understood. */
const PAUSE_MS = 1000;

/** What a gate counts with. */
export interface RateGateParts {
  readonly frameLimiter: RateLimiter;
  readonly byteLimiter: RateLimiter;
}

/** Holds one connection to the rates of its device, and knows when it does not care. */
export class RateGate {
  readonly #parts: RateGateParts;
  /** A message before this was not waited for. */
  #retryAtMs = 0;
  #ignoredSinceMs = 0;
  #ignoredAtMs = 0;

  constructor(parts: RateGateParts) {
    this.#parts = parts;
  }

  /** @returns 0 when it was counted and may pass, else how long to wait, ms. @param nowMs hub clock. */
  take(name: string, frames: number, bytes: number, nowMs: number): number {
    const { frameLimiter, byteLimiter } = this.#parts;
    const waitMs = Math.max(frameLimiter.waitMs(name, frames, nowMs), byteLimiter.waitMs(name, bytes, nowMs));
    if (waitMs === 0) {
      frameLimiter.take(name, frames, nowMs);
      byteLimiter.take(name, bytes, nowMs);
      return 0;
    }
    if (nowMs < this.#retryAtMs) {
      if (nowMs - this.#ignoredAtMs > PAUSE_MS) this.#ignoredSinceMs = nowMs;
      this.#ignoredAtMs = nowMs;
    }
    this.#retryAtMs = nowMs + waitMs;
    return waitMs;
  }

  /** It has been sending on through refusals for too long. */
  get isIgnored(): boolean {
    return this.#ignoredAtMs - this.#ignoredSinceMs > PATIENCE_MS;
  }
}
