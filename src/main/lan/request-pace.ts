/** Addresses remembered; the longest known is forgotten first. */
const MAX_ADDRESSES = 4096;

/** How often each address may ask for something that needs no key. */
export interface RequestPace {
  /** False: too many lately. Counts what it allows. */
  allow(address: string): boolean;
}

/** A token bucket an address: `burst` at once, `perSecond` on average. `nowMs` may start anywhere and never goes back. */
export function createRequestPace(
  perSecond: number,
  burst: number,
  nowMs: () => number = () => performance.now(),
): RequestPace {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return {
    allow: (address) => {
      const now = nowMs();
      const bucket = buckets.get(address) ?? { tokens: burst, atMs: now };
      bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.atMs) / 1000) * perSecond);
      bucket.atMs = now;
      buckets.set(address, bucket);
      const oldest = buckets.size > MAX_ADDRESSES ? buckets.keys().next() : null;
      if (oldest && !oldest.done) buckets.delete(oldest.value);
      if (bucket.tokens < 1) return false;
      bucket.tokens -= 1;
      return true;
    },
  };
}
