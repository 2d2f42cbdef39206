import { beforeEach, expect, test } from 'vitest';
import { PhoneClocks } from '../../../src/main/hub/phone-clocks';
import { T0 } from './test-clock';

const HOUR = 3_600_000;

let clocks: PhoneClocks;
let told: number;
let set: number;
beforeEach(() => {
  told = 0;
  set = 0;
  clocks = new PhoneClocks(
    () => {
      told += 1;
    },
    () => {
      set += 1;
    },
  );
});

const measure = (offsetMs: number, nowMs = T0): void =>
  clocks.measured('d1', { lowerMs: offsetMs - 5, upperMs: offsetMs + 5, isExact: true }, nowMs);

/** A frame captured `delay` ms before it came at `at`, by a clock that is ahead by `offset`. */
function corrected(
  at: number,
  { offset = 0, delay = 100, isBackfill = false }: { offset?: number; delay?: number; isBackfill?: boolean } = {},
): number | null {
  return clocks.correct({ deviceId: 'd1', capturedAtMs: at - delay + offset, receivedAtMs: at, isBackfill });
}

test('unknown before the first measurement, and for a frame without time', () => {
  expect(corrected(T0, { offset: 2 * HOUR })).toBeNull();
  measure(0);
  expect(clocks.correct({ deviceId: 'd1', capturedAtMs: null, receivedAtMs: T0, isBackfill: false })).toBeNull();
});

test.each([2 * HOUR, -2 * HOUR, 40 * 24 * HOUR, 0])('a phone off by %d ms: its frames are put right', (offset) => {
  measure(offset);
  expect(corrected(T0, { offset })).toBe(T0 - 100);
  // Out of the queue of yesterday.
  expect(corrected(T0, { offset, delay: 24 * HOUR, isBackfill: true })).toBe(T0 - 24 * HOUR);
  expect(told).toBe(1);
});

test('never after it came', () => {
  measure(1000);
  expect(corrected(T0, { offset: 1003, delay: 0 })).toBe(T0);
});

test('a clock set ahead between two pings is seen at the next frame, and near the truth until the next ping', () => {
  measure(0);
  expect(corrected(T0)).toBe(T0 - 100);
  for (let at = T0 + 1000; at < T0 + 9000; at += 1000) expect(corrected(at, { offset: HOUR })).toBe(at);
  expect(set).toBe(1);
  expect(clocks.get('d1')?.uncertaintyMs).toBe(5000);
  measure(HOUR, T0 + 9000);
  expect(corrected(T0 + 9000, { offset: HOUR })).toBe(T0 + 8900);
});

test.each([
  ['measured before', true],
  ['never measured', false],
])('a clock set back, %s, is seen 2 s later: the frames go on at the pace of time', (_name, isMeasured) => {
  if (isMeasured) measure(0);
  expect(corrected(T0)).toBe(isMeasured ? T0 - 100 : null);
  const times = [1000, 2000, 3000, 4000].map((ms) => corrected(T0 + ms, { offset: -HOUR }));
  const before = isMeasured ? [T0 + 900 - HOUR, T0 + 1900 - HOUR] : [null, null];
  expect(times).toEqual([...before, T0 + 3000, T0 + 4000]);
});

test('a queue sent late is no clock that was set: neither at once, nor slowly, nor between live frames', () => {
  measure(0);
  expect(corrected(T0)).toBe(T0 - 100);
  // A minute of frames in a second.
  for (let seq = 0; seq < 60; seq++) {
    const at = T0 + seq * 16;
    expect(corrected(at, { delay: HOUR - seq * 984 })).toBe(T0 - HOUR + seq * 1000);
  }
  for (let seq = 1; seq <= 10; seq++) {
    const at = T0 + 1000 * seq;
    expect(corrected(at)).toBe(at - 100);
    expect(corrected(at, { delay: HOUR })).toBe(at - HOUR);
    expect(corrected(at, { delay: 2 * HOUR, isBackfill: true })).toBe(at - 2 * HOUR);
  }
  expect(clocks.get('d1')).toEqual({ offsetMs: 0, uncertaintyMs: 5 });
});
