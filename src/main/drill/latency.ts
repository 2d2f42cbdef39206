/** Percentiles of many durations, ms; null while there is none. */
export interface LatencySummary {
  readonly p50: number | null;
  readonly p99: number | null;
  readonly p999: number | null;
  readonly max: number | null;
}

/** Each bucket is this much wider than the one before: a percentile is at most 2 % too high. */
const GROWTH = 1.02;
/** Upper end of the first bucket, ms. */
const SMALLEST_MS = 0.02;
/** Up to 20 minutes. */
const BUCKETS = 1 + Math.ceil(Math.log(1_200_000 / SMALLEST_MS) / Math.log(GROWTH));

/** Counts durations by bucket: the memory of an hour is that of a second. */
export class LatencyHistogram {
  readonly #counts = new Uint32Array(BUCKETS);
  #total = 0;
  #maxMs = 0;

  /** @param ms 0 or more. */
  add(ms: number): void {
    const index = ms <= SMALLEST_MS ? 0 : Math.ceil(Math.log(ms / SMALLEST_MS) / Math.log(GROWTH));
    const at = Math.min(index, BUCKETS - 1);
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#total += 1;
    this.#maxMs = Math.max(this.#maxMs, ms);
  }

  summary(): LatencySummary {
    return {
      p50: this.#at(0.5),
      p99: this.#at(0.99),
      p999: this.#at(0.999),
      max: this.#total === 0 ? null : this.#maxMs,
    };
  }

  #at(share: number): number | null {
    if (this.#total === 0) return null;
    let left = Math.ceil(this.#total * share);
    for (const [index, count] of this.#counts.entries()) {
      left -= count;
      if (left <= 0) return Math.min(this.#maxMs, SMALLEST_MS * GROWTH ** index);
    }
    return this.#maxMs;
  }
}
