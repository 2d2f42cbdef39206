import { isSkewed } from '../../common/model/live-time';

// Steps of at most 12.5 %, and every bound a person would set (1, 1.5, 5, 30, 60, 90 s) is one of them.
const STEPS = [10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 27, 30, 33, 36, 40, 45, 50, 55, 60, 65, 70, 75, 80, 90];
/** Powers of ten above the single milliseconds: the last bucket ends at 90,000,000 ms, 25 hours. */
const DECADES = 7;

/**
 * Where buckets end, ms, that value included: 0, 1, …, 9, then steps of at most 12.5 %. Kept by their place in this
 * list: it may grow at its end, and change in no other way without a migration.
 */
const BUCKET_ENDS_MS: readonly number[] = [
  ...Array.from({ length: 10 }, (_, ms) => ms),
  ...Array.from({ length: DECADES }, (_, decade) => STEPS.map((step) => step * 10 ** decade)).flat(),
];

/** Frames in each bucket, by its place; the one after the last takes what is longer than all. */
export type DelayBuckets = Record<number, number>;

/** How long frames took from the phone's sensor to the hub. */
export interface Delays {
  buckets: DelayBuckets;
  /** Exact, ms; null before the first. */
  maxMs: number | null;
}

/**
 * From capture to receipt, ms, at least 0: by the corrected time, else by the phone's own where it can be meant.
 * null: not known.
 */
export function delayOf(frame: {
  readonly capturedAtMs: number | null;
  readonly receivedAtMs: number;
  readonly correctedAtMs: number | null;
}): number | null {
  const { capturedAtMs, receivedAtMs, correctedAtMs } = frame;
  if (correctedAtMs !== null) return Math.max(0, receivedAtMs - correctedAtMs);
  if (capturedAtMs === null || isSkewed(capturedAtMs, receivedAtMs)) return null;
  return Math.max(0, receivedAtMs - capturedAtMs);
}

/** Counts one; null counts nothing. */
export function addDelay(delays: Delays, delayMs: number | null): void {
  if (delayMs === null) return;
  const bucket = bucketOf(delayMs);
  delays.buckets[bucket] = (delays.buckets[bucket] ?? 0) + 1;
  delays.maxMs = Math.max(delays.maxMs ?? 0, delayMs);
}

/** Adds what was counted elsewhere. */
export function addDelays(delays: Delays, { buckets, maxMs }: Delays): void {
  for (const [bucket, count] of Object.entries(buckets)) {
    delays.buckets[Number(bucket)] = (delays.buckets[Number(bucket)] ?? 0) + count;
  }
  if (maxMs !== null) delays.maxMs = Math.max(delays.maxMs ?? 0, maxMs);
}

/**
 * The delay that a share of the frames did not exceed, ms: never less than it was, and over it by 12.5 % at most (by
 * less than 1 ms below 10 ms). Beyond 25 hours it is the greatest of all. null: nothing counted.
 * @param share 0 to 1.
 */
export function delayWithin({ buckets, maxMs }: Delays, share: number): number | null {
  const counts = Object.entries(buckets);
  const wanted = share * counts.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  for (const [bucket, count] of counts) {
    seen += count;
    if (seen >= wanted) return maxMs === null ? null : Math.min(BUCKET_ENDS_MS[Number(bucket)] ?? maxMs, maxMs);
  }
  return maxMs;
}

/** Frames that took longer than a bound. Exact for a bound that ends a bucket; another is rounded up to the next. */
export function countLonger(buckets: DelayBuckets, boundMs: number): number {
  const last = bucketOf(boundMs);
  let frames = 0;
  for (const [bucket, count] of Object.entries(buckets)) if (Number(bucket) > last) frames += count;
  return frames;
}

/** The first that ends at or after the delay. */
function bucketOf(delayMs: number): number {
  let low = 0;
  let high = BUCKET_ENDS_MS.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((BUCKET_ENDS_MS[middle] ?? Infinity) < delayMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
