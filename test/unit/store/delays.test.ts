import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDelay, countLonger, type Delays, delayOf, delayWithin } from '../../../src/main/store/delays';

const HOUR = 3_600_000;

function counted(delaysMs: readonly number[]): Delays {
  const delays: Delays = { buckets: {}, maxMs: null };
  for (const delayMs of delaysMs) addDelay(delays, delayMs);
  return delays;
}

test.each([
  ['by the phone', { capturedAtMs: 900, receivedAtMs: 1000, correctedAtMs: null }, 100],
  ['by the corrected time', { capturedAtMs: 0, receivedAtMs: 1000, correctedAtMs: 999 }, 1],
  ['never negative', { capturedAtMs: 1500, receivedAtMs: 1000, correctedAtMs: null }, 0],
  ['not known without a time', { capturedAtMs: null, receivedAtMs: 1000, correctedAtMs: null }, null],
  ['not known by a wrong clock', { capturedAtMs: 0, receivedAtMs: 25 * HOUR, correctedAtMs: null }, null],
  ['days, by the corrected time', { capturedAtMs: 0, receivedAtMs: 50 * HOUR, correctedAtMs: 0 }, 50 * HOUR],
])('delay, %s', (_, frame, delayMs) => {
  expect(delayOf(frame)).toBe(delayMs);
});

test('nothing counted has no delay', () => {
  const delays = counted([]);
  addDelay(delays, null);
  expect([delayWithin(delays, 0.5), delays.maxMs, countLonger(delays.buckets, 0)]).toEqual([null, null, 0]);
});

const delayMs = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 48 * HOUR }));

test('a percentile is never less than the true one, and over it by 12.5 % or 1 ms at most', () => {
  fc.assert(
    fc.property(fc.array(delayMs, { minLength: 1 }), fc.double({ min: 0.01, max: 1, noNaN: true }), (all, share) => {
      const sorted = [...all].sort((a, b) => a - b);
      const exact = sorted[Math.max(0, Math.ceil(share * sorted.length - 1e-9) - 1)] ?? 0;
      const told = delayWithin(counted(all), share) ?? -1;
      expect(told).toBeGreaterThanOrEqual(exact);
      if (exact <= 90_000_000) expect(told).toBeLessThanOrEqual(Math.max(exact * 1.125 + 1e-6, exact + 1));
      else expect(told).toBe(sorted.at(-1));
    }),
  );
});

test.each([0, 5, 10, 1000, 1500, 5000, 10_000, 30_000, 60_000, 90_000, 300_000, 600_000])(
  'late is exact for a bound of %d ms',
  (boundMs) => {
    fc.assert(
      fc.property(fc.array(delayMs), (all) => {
        const { buckets } = counted([...all, boundMs, boundMs + 1]);
        expect(countLonger(buckets, boundMs)).toBe(all.filter((one) => one > boundMs).length + 1);
      }),
      { numRuns: 30 },
    );
  },
);
