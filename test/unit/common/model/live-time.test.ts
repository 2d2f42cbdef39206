import { expect, test } from 'vitest';
import { isSkewed, liveTimeOf } from '../../../../src/common/model/live-time';

const NOW = 1_795_000_000_000;
const DAY = 24 * 3_600_000;

test.each([
  ['a moment ago', NOW - 40, false],
  ['24 h behind', NOW - DAY, false],
  ['more than 24 h behind', NOW - DAY - 1, true],
  ['60 s ahead', NOW + 60_000, false],
  ['more than 60 s ahead', NOW + 60_001, true],
])('a clock %s', (_, capturedAtMs, skewed) => {
  expect(isSkewed(capturedAtMs, NOW)).toBe(skewed);
  const frame = { capturedAtMs, receivedAtMs: NOW, correctedAtMs: null };
  expect(liveTimeOf(frame)).toBe(skewed ? NOW : capturedAtMs);
  expect(liveTimeOf({ ...frame, correctedAtMs: 5 })).toBe(5);
});

test.each([
  ['days old', { capturedAtMs: NOW - 3 * DAY }, NOW - 3 * DAY],
  ['of a clock that was measured', { capturedAtMs: NOW - DAY, correctedAtMs: NOW - 2 * DAY }, NOW - 2 * DAY],
  ['of a clock that is ahead', { capturedAtMs: NOW + DAY }, NOW],
  ['without a time', { capturedAtMs: null }, NOW],
])('a backfill %s is as old as it says, and never newer than its arrival', (_, times, expected) => {
  expect(liveTimeOf({ receivedAtMs: NOW, correctedAtMs: null, ...times, isBackfill: true })).toBe(expected);
});

test('without a time of its own a frame is as old as its arrival', () => {
  expect(liveTimeOf({ capturedAtMs: null, receivedAtMs: NOW, correctedAtMs: null })).toBe(NOW);
});
