import { expect, test } from 'vitest';
import { FrameRate } from '../../../src/main/hub/frame-rate';
import { T0 } from './test-clock';

/** Frames at this rate for as long, from `fromMs`; @returns when the last came. */
function send(rate: FrameRate, rateHz: number, forMs: number, fromMs = T0): number {
  const count = Math.round((forMs / 1000) * rateHz);
  for (let index = 0; index <= count; index++) rate.count(fromMs + (index * 1000) / rateHz);
  return fromMs + (count * 1000) / rateHz;
}

test('nothing is 0', () => {
  expect(new FrameRate().rateHz(T0)).toBe(0);
});

test.each([1, 2, 5, 20, 100])('a steady %s Hz is told as that, whenever it is looked at', (rateHz) => {
  const rate = new FrameRate();
  let atMs = send(rate, rateHz, 30_000, T0 + 130);
  for (let look = 0; look < 40; look++) {
    atMs += 1000 / rateHz;
    rate.count(atMs);
    const told = rate.rateHz(atMs + (look % 10) * (100 / rateHz));
    expect(Math.abs(told - rateHz)).toBeLessThanOrEqual(Math.max(0.101, rateHz * 0.011));
  }
});

test('a young rate is over the time there was, at least a second', () => {
  const rate = new FrameRate();
  rate.count(T0);
  expect(rate.rateHz(T0)).toBe(1);
  const lastMs = send(rate, 10, 2_000, T0 + 100);
  expect(rate.rateHz(lastMs)).toBeCloseTo(10.5, 0);
});

test('it falls when nothing comes, to 0 after the window, and starts anew', () => {
  const rate = new FrameRate();
  const lastMs = send(rate, 10, 20_000);
  const falling = [0, 3_000, 6_000, 9_000, 10_250].map((afterMs) => rate.rateHz(lastMs + afterMs));
  expect(falling).toEqual(falling.toSorted((a, b) => b - a));
  expect(falling.at(-1)).toBe(0);
  rate.count(lastMs + 3_600_000);
  expect(rate.rateHz(lastMs + 3_600_000)).toBe(1);
});
