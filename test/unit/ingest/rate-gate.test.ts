import { beforeEach, expect, test } from 'vitest';
import { RateGate } from '../../../src/main/ingest/rate-gate';
import { RateLimiter } from '../../../src/main/ingest/rate-limiter';

let nowMs: number;
let gate: RateGate;
beforeEach(() => {
  nowMs = 1_000_000;
  const rate = { perSecond: 100, burst: 200 };
  const bytes = { perSecond: 1e9, burst: 1e9 };
  gate = new RateGate({
    frameLimiter: new RateLimiter(rate),
    byteLimiter: new RateLimiter(bytes),
  });
});

/** Sends a frame every `everyMs`. @returns when the phone is shut out, ms after it began; null when it never is. */
function send(everyMs: number, forMs: number): number | null {
  const startMs = nowMs;
  for (; nowMs - startMs < forMs; nowMs += everyMs) {
    gate.take('d', 1, 600, nowMs);
    if (gate.isIgnored) return nowMs - startMs;
  }
  return null;
}

test('the burst passes, then one frame each 10 ms', () => {
  for (let at = 0; at < 200; at++) expect(gate.take('d', 1, 600, nowMs)).toBe(0);
  expect(gate.take('d', 1, 600, nowMs)).toBe(10);
  expect(gate.take('another', 1, 600, nowMs)).toBe(0);
  nowMs += 10;
  expect(gate.take('d', 1, 600, nowMs)).toBe(0);
});

test('who sends on through refusals is shut out after 10 s, though a tenth of it passes', () => {
  const afterMs = send(1, 60_000);
  expect(afterMs).toBeGreaterThan(10_000);
  expect(afterMs).toBeLessThan(11_000);
});

test('20 frames a second, and 100, pass for ever', () => {
  expect(send(50, 600_000)).toBeNull();
  expect(send(10, 600_000)).toBeNull();
});

test('who waits as told is never shut out, however much there is to send', () => {
  const startMs = nowMs;
  while (nowMs - startMs < 120_000) {
    const waitMs = gate.take('d', 200, 120_000, nowMs);
    nowMs += waitMs === 0 ? 1 : waitMs;
    expect(gate.isIgnored).toBe(false);
  }
});

test('bursts with a pause between them are no ignoring', () => {
  for (let burst = 0; burst < 30; burst++) {
    for (let at = 0; at < 500; at++) gate.take('d', 1, 600, nowMs);
    nowMs += 2000;
    expect(gate.isIgnored).toBe(false);
  }
});
