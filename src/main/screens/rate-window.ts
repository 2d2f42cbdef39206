const BUCKET_MS = 500;
const BUCKETS = 10;

/** Pictures and bytes a second over the last 5 s, however many came: counted in ten buckets. */
export class RateWindow {
  readonly #buckets = Array.from({ length: BUCKETS }, () => ({ number: -BUCKETS, pictures: 0, bytes: 0 }));

  /** @param nowMs ms since the epoch */
  add(bytes: number, nowMs: number): void {
    const number = Math.floor(nowMs / BUCKET_MS);
    const bucket = this.#buckets[number % BUCKETS];
    if (!bucket) return;
    if (bucket.number !== number) Object.assign(bucket, { number, pictures: 0, bytes: 0 });
    bucket.pictures += 1;
    bucket.bytes += bytes;
  }

  /** To a tenth. */
  rate(nowMs: number): { readonly fps: number; readonly bytesPerS: number } {
    const oldest = Math.floor(nowMs / BUCKET_MS) - BUCKETS;
    const recent = this.#buckets.filter(({ number }) => number > oldest);
    const perS = (sum: number): number => Math.round((sum * 10_000) / (BUCKET_MS * BUCKETS)) / 10;
    return {
      fps: perS(recent.reduce((sum, { pictures }) => sum + pictures, 0)),
      bytesPerS: perS(recent.reduce((sum, { bytes }) => sum + bytes, 0)),
    };
  }
}
