import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RateLimiter } from '../../../src/main/ingest/rate-limiter';

const T0 = 1_795_000_000_000;

/** Takes if it may; @returns the ms to wait otherwise. */
function tryTake(limiter: RateLimiter, deviceId: string, amount: number, nowMs: number): number {
  const wait = limiter.waitMs(deviceId, amount, nowMs);
  if (wait === 0) limiter.take(deviceId, amount, nowMs);
  return wait;
}

test('a burst at once, then as fast as the rate', () => {
  const limiter = new RateLimiter({ perSecond: 100, burst: 200 });
  expect(tryTake(limiter, 'd', 200, T0)).toBe(0);
  expect(tryTake(limiter, 'd', 1, T0)).toBe(10);
  expect(tryTake(limiter, 'd', 1, T0 + 10)).toBe(0);
  expect(tryTake(limiter, 'd', 1, T0 + 10)).toBe(10);
});

test('each device has its own bucket, and a bucket never holds more than the burst', () => {
  const limiter = new RateLimiter({ perSecond: 10, burst: 20 });
  expect(tryTake(limiter, 'a', 20, T0)).toBe(0);
  expect(tryTake(limiter, 'b', 20, T0)).toBe(0);
  expect(tryTake(limiter, 'a', 21, T0 + 3_600_000)).toBe(0);
  expect(limiter.waitMs('a', 1, T0 + 3_600_000)).toBeGreaterThan(0);
});

test('a batch is granted whole or refused whole; a refused one costs nothing', () => {
  const limiter = new RateLimiter({ perSecond: 100, burst: 200 });
  tryTake(limiter, 'd', 150, T0);
  expect(tryTake(limiter, 'd', 100, T0)).toBe(500);
  expect(tryTake(limiter, 'd', 50, T0)).toBe(0);
});

test('more than the burst waits for a full bucket and overdraws it: nothing waits for ever', () => {
  const limiter = new RateLimiter({ perSecond: 10, burst: 20 });
  tryTake(limiter, 'd', 1, T0);
  expect(tryTake(limiter, 'd', 100, T0)).toBe(100);
  expect(tryTake(limiter, 'd', 100, T0 + 100)).toBe(0);
  expect(limiter.waitMs('d', 1, T0 + 100)).toBe(8_100);
});

test('after the wait it told, an amount is granted', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000 }),
      fc.integer({ min: 1, max: 1_000 }),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 0, max: 5_000 })), { maxLength: 30 }),
      (perSecond, burst, requests) => {
        const limiter = new RateLimiter({ perSecond, burst });
        let nowMs = T0;
        for (const [amount, pauseMs] of requests) {
          nowMs += pauseMs;
          const wait = tryTake(limiter, 'd', amount, nowMs);
          // A tenth of a millisecond for the rounding of a division.
          if (wait > 0) expect(limiter.waitMs('d', amount, nowMs + wait + 0.1)).toBe(0);
          nowMs += wait > 0 ? wait + 0.1 : 0;
        }
      },
    ),
  );
});

test('a flood of devices does not fill the memory: the least recently used starts anew', () => {
  const limiter = new RateLimiter({ perSecond: 1, burst: 1 });
  limiter.take('first', 1, T0);
  limiter.take('kept', 1, T0);
  for (let index = 0; index < 9_999; index++) limiter.take(`d${index}`, 1, T0);
  expect(limiter.waitMs('kept', 1, T0)).toBe(1_000);
  expect(limiter.waitMs('first', 1, T0)).toBe(0);
});
