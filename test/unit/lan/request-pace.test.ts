import { expect, test } from 'vitest';
import { createRequestPace } from '../../../src/main/lan/request-pace';

test('so many at once, then so many a second, each address for itself', () => {
  let nowMs = 0;
  const pace = createRequestPace(2, 3, () => nowMs);
  const allowed = (address: string, count: number): number =>
    Array.from({ length: count }, () => pace.allow(address)).filter(Boolean).length;
  expect(allowed('a', 10)).toBe(3);
  expect(allowed('b', 10)).toBe(3);
  nowMs = 1000;
  expect(allowed('a', 10)).toBe(2);
  nowMs = 1400;
  expect(allowed('a', 10)).toBe(0);
  nowMs = 60_000;
  expect(allowed('a', 10)).toBe(3);
});

test('a flood of addresses makes it forget the longest known, and nothing grows', () => {
  const pace = createRequestPace(1, 1, () => 0);
  expect(pace.allow('first')).toBe(true);
  expect(pace.allow('first')).toBe(false);
  for (let index = 0; index < 5000; index += 1) pace.allow(`10.0.${index >> 8}.${index & 255}`);
  expect(pace.allow('first')).toBe(true);
});
