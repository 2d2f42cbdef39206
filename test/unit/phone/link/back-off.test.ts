import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backOffMs } from '../../../../src/renderer/phone/link/back-off';

it('is between 250 ms and 15 s for any attempt', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -5, max: 100_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempt, random) => {
        const delayMs = backOffMs(attempt, () => random);
        expect(delayMs).toBeGreaterThanOrEqual(250);
        expect(delayMs).toBeLessThanOrEqual(15_000);
      },
    ),
  );
});

it('doubles its ceiling up to 15 s and jitters over all of it', () => {
  expect([1, 2, 3, 4, 5, 6].map((attempt) => backOffMs(attempt, () => 1))).toEqual([
    1_000, 2_000, 4_000, 8_000, 15_000, 15_000,
  ]);
  expect(backOffMs(6, () => 0)).toBe(250);
});
