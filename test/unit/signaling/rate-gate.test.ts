import { expect, test } from 'vitest';
import { RateGate } from '../../../src/main/signaling/rate-gate';

const MIB = 1024 * 1024;

test('200 messages at once, then 200 a second', () => {
  const gate = new RateGate();
  const pass = (nowMs: number): number =>
    Array.from({ length: 500 }, () => gate.take(10, nowMs)).filter(Boolean).length;
  expect(pass(5_000)).toBe(200);
  expect(pass(5_500)).toBe(100);
  expect(pass(60_000)).toBe(200);
});

test('1 MiB at once, then 1 MiB a second; what did not pass costs nothing', () => {
  const gate = new RateGate();
  expect(gate.take(MIB, 1_000)).toBe(true);
  expect(gate.take(MIB / 2, 1_100)).toBe(false);
  expect(gate.take(MIB / 2, 1_500)).toBe(true);
  expect(gate.take(1, 1_500)).toBe(false);
});
