import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createGuessLimiter } from '../../../src/main/lan/guess-limiter';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Ms until a wrong key of `address` is answered. */
async function delayOf(limiter: ReturnType<typeof createGuessLimiter>, address: string): Promise<number> {
  const startMs = performance.now();
  const answer = limiter.countWrong(address).then(() => performance.now() - startMs);
  await vi.advanceTimersToNextTimerAsync();
  return answer;
}

describe('wrong keys of one address', () => {
  it('are answered at once five times, then later and later up to the limit', async () => {
    const counts: number[] = [];
    const limiter = createGuessLimiter(2000, (_address, count) => counts.push(count));
    const delays: number[] = [];
    for (let guess = 0; guess < 10; guess += 1) delays.push(await delayOf(limiter, 'a'));
    expect(delays).toEqual([0, 0, 0, 0, 0, 250, 500, 1000, 2000, 2000]);
    expect(counts).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await delayOf(limiter, 'b')).toBe(0);
  });

  it('are forgiven after a minute', async () => {
    const limiter = createGuessLimiter(2000, () => undefined);
    for (let guess = 0; guess < 8; guess += 1) await delayOf(limiter, 'a');
    await vi.advanceTimersByTimeAsync(60_001);
    expect(await delayOf(limiter, 'a')).toBe(0);
  });

  it('are held back 32 at once and no more; short secrets are not looked at meanwhile; let go on stop', async () => {
    const limiter = createGuessLimiter(2000, () => undefined);
    for (let guess = 0; guess < 5; guess += 1) void limiter.countWrong('a');
    const held = Array.from({ length: 32 }, () => limiter.countWrong('a'));
    expect([limiter.mayTry('a'), limiter.mayTry('b')]).toEqual([false, true]);
    await limiter.countWrong('a');
    limiter.stop();
    await Promise.all(held);
    expect(limiter.mayTry('a')).toBe(true);
  });
});
