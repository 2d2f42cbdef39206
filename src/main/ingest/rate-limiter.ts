/** A token bucket: `perSecond` on average, `burst` at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

interface Bucket {
  readonly deviceId: string;
  tokens: number;
  atMs: number;
  /** When it was moved to the end of the order of use. */
  movedAtMs: number;
}

/** Devices remembered; the least recently used is forgotten, which only ever refills a bucket. */
const MAX_BUCKETS = 10_000;

/** The order of use is kept to this, ms: exact order would cost two changes of a map a frame. */
const ORDER_MS = 1000;

/** One bucket a device. A request is granted whole or refused whole. */
export class RateLimiter {
  readonly #rate: Rate;
  readonly #buckets = new Map<string, Bucket>();
  /** Asked for last, and most likely the next. */
  #last: Bucket | null = null;

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /**
   * How long a device has to wait before it may `take` this much: 0 = now, else ms.
   * @param nowMs any clock that does not go back. A request over the burst waits for a full bucket, which it then
   * overdraws: nothing waits for ever.
   */
  waitMs(deviceId: string, amount: number, nowMs: number): number {
    const bucket = this.#refill(deviceId, nowMs);
    const needed = Math.min(amount, this.#rate.burst);
    return bucket.tokens >= needed ? 0 : Math.ceil(((needed - bucket.tokens) / this.#rate.perSecond) * 1000);
  }

  /** Takes what `waitMs` granted. */
  take(deviceId: string, amount: number, nowMs: number): void {
    this.#refill(deviceId, nowMs).tokens -= amount;
  }

  #refill(deviceId: string, nowMs: number): Bucket {
    const { perSecond, burst } = this.#rate;
    const known = this.#last?.deviceId === deviceId ? this.#last : this.#buckets.get(deviceId);
    const bucket = known ?? { deviceId, tokens: burst, atMs: nowMs, movedAtMs: nowMs };
    this.#last = bucket;
    if (bucket.atMs !== nowMs) {
      bucket.tokens = Math.min(burst, bucket.tokens + ((nowMs - bucket.atMs) / 1000) * perSecond);
      bucket.atMs = nowMs;
    }
    if (known && nowMs - bucket.movedAtMs < ORDER_MS) return bucket;
    bucket.movedAtMs = nowMs;
    this.#buckets.delete(deviceId);
    this.#buckets.set(deviceId, bucket);
    if (this.#buckets.size > MAX_BUCKETS) this.#buckets.delete(this.#buckets.keys().next().value ?? '');
    return bucket;
  }
}
