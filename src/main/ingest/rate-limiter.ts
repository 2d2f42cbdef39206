/** A token bucket: `perSecond` on average, `burst` at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

/** Devices remembered; the least recently used is forgotten, which only ever refills a bucket. */
const MAX_BUCKETS = 10_000;

/** One bucket a device. A request is granted whole or refused whole. */
export class RateLimiter {
  readonly #rate: Rate;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /**
   * Takes `amount` for a device.
   * @param nowMs any clock that does not go back.
   * @returns 0 when granted, else the ms until it would be. A request over the burst waits for a full bucket, which it
   * then overdraws: nothing waits for ever.
   */
  take(deviceId: string, amount: number, nowMs: number): number {
    const bucket = this.#refill(deviceId, nowMs);
    const needed = Math.min(amount, this.#rate.burst);
    if (bucket.tokens >= needed) {
      bucket.tokens -= amount;
      return 0;
    }
    return Math.ceil(((needed - bucket.tokens) / this.#rate.perSecond) * 1000);
  }

  #refill(deviceId: string, nowMs: number): Bucket {
    const { perSecond, burst } = this.#rate;
    const bucket = this.#buckets.get(deviceId) ?? { tokens: burst, atMs: nowMs };
    bucket.tokens = Math.min(burst, bucket.tokens + ((nowMs - bucket.atMs) / 1000) * perSecond);
    bucket.atMs = nowMs;
    this.#buckets.delete(deviceId);
    this.#buckets.set(deviceId, bucket);
    if (this.#buckets.size > MAX_BUCKETS) this.#buckets.delete(this.#buckets.keys().next().value ?? '');
    return bucket;
  }
}
