import { expect, test } from 'vitest';
import { ClockFilter } from '../../../src/main/hub/clock-filter';

const HOUR = 3_600_000;

/** A ping of a phone ahead by `offset` that took `up` ms, with a WebSocket round trip of `trip` ms measured beside it. */
const pinged = (offset: number, up: number, trip: number) => ({
  lowerMs: offset - up,
  upperMs: offset - up + trip,
  isExact: false,
});
/** All four time stamps: `up` ms there, `down` ms back. */
const exact = (offset: number, up: number, down: number) => ({
  lowerMs: offset - up,
  upperMs: offset + down,
  isExact: true,
});

function filterOf(...samples: ReadonlyArray<ReturnType<typeof exact>>): ClockFilter {
  const filter = new ClockFilter();
  samples.forEach((sample, index) => {
    filter.add(sample, index * 10_000);
  });
  return filter;
}

test('nothing is known before the first exchange', () => {
  expect(new ClockFilter().clock).toBeNull();
});

test.each([
  ['one ping, the same time both ways', [pinged(7200, 5, 10)], { offsetMs: 7200, uncertaintyMs: 5 }],
  ['one exchange with four stamps', [exact(-500, 8, 4)], { offsetMs: -502, uncertaintyMs: 6 }],
  ['the least delay wins', [exact(0, 300, 20), exact(0, 4, 4), exact(0, 50, 400)], { offsetMs: 0, uncertaintyMs: 4 }],
  [
    'the best way up and the best way down need not be one exchange',
    [exact(0, 2, 90), exact(0, 70, 2)],
    { offsetMs: 0, uncertaintyMs: 2 },
  ],
  [
    'a slow ping beside a fast round trip',
    [pinged(100, 5, 10), pinged(100, 30, 10)],
    { offsetMs: 100, uncertaintyMs: 5 },
  ],
  ['whole milliseconds are not known better than that', [exact(3, 0, 0)], { offsetMs: 3, uncertaintyMs: 1 }],
])('%s', (_name, samples, clock) => {
  expect(filterOf(...samples).clock).toEqual(clock);
});

test('the truth lies within the uncertainty, whatever the delays', () => {
  for (const offset of [-2 * HOUR, -7, 0, 7, 2 * HOUR]) {
    for (const [up, down] of [
      [1, 1],
      [200, 1],
      [1, 200],
      [900, 900],
    ] as const) {
      const { clock } = filterOf(exact(offset, up, down), exact(offset, up + 50, down + 9));
      expect(Math.abs((clock?.offsetMs ?? Infinity) - offset)).toBeLessThanOrEqual(clock?.uncertaintyMs ?? 0);
    }
  }
});

test('a clock set ahead is seen at once; set back: at once with four stamps, else from the second ping on', () => {
  expect(filterOf(pinged(0, 5, 10), pinged(HOUR, 5, 10)).clock?.offsetMs).toBe(HOUR);
  expect(filterOf(exact(0, 5, 5), exact(-HOUR, 5, 5)).clock?.offsetMs).toBe(-HOUR);
  expect(filterOf(pinged(0, 5, 10), pinged(-HOUR, 5, 10)).clock?.offsetMs).toBe(0);
  expect(filterOf(pinged(0, 5, 10), pinged(-HOUR, 5, 10), pinged(-HOUR, 6, 12)).clock?.offsetMs).toBe(-HOUR);
});

test('one ping held up behind a photo is not a clock set back', () => {
  expect(filterOf(pinged(0, 5, 10), pinged(0, 8000, 10), pinged(0, 5, 10)).clock).toEqual({
    offsetMs: 0,
    uncertaintyMs: 5,
  });
});

test('bounds contrary to themselves count for nothing', () => {
  expect(filterOf({ lowerMs: 5, upperMs: 4, isExact: true }).clock).toBeNull();
});
