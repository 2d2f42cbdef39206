import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppPresence } from '../../../src/main/ingest/app-endpoint-presence';
import type { Admission } from '../../../src/main/ingest/ports';

const admission: Admission = { deviceId: 'd1', name: 'Ann', clientId: 'owntracks:a', flags: [], isExclusive: true };
const origin = { address: '192.168.1.7', localAddress: null, client: 'owntracks' };

let told: string[];
let released: number;
let presence: AppPresence;
beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  released = 0;
  const tell =
    (word: string) =>
    ({ frames }: { frames: number }): void =>
      void told.push(`${word} ${frames}`);
  presence = new AppPresence({
    directory: { release: () => (released += 1) },
    observer: {
      connected: tell('connected'),
      admitted: tell('admitted'),
      handshaken: tell('handshaken'),
      disconnected: tell('disconnected'),
      refused: () => {},
    },
    clock: { now: () => Date.now() },
  });
});
afterEach(() => vi.useRealTimers());

test('online at the first request, offline five minutes after it', () => {
  presence.sent(admission, origin, 1);
  expect(told).toEqual(['connected 1', 'admitted 1', 'handshaken 1']);
  vi.advanceTimersByTime(299_999);
  expect(told).toHaveLength(3);
  vi.advanceTimersByTime(1);
  expect(told.at(-1)).toBe('disconnected 1');
  expect(released).toBe(1);
});

test.each([
  [1_000, 60_000],
  [50_000, 100_000],
  [200_000, 300_000],
])('a request each %i ms: offline %i ms after the last', (intervalMs, windowMs) => {
  presence.sent(admission, origin, 1);
  vi.advanceTimersByTime(intervalMs);
  presence.sent(admission, origin, 2);
  expect(released, 'the second admission').toBe(1);
  vi.advanceTimersByTime(windowMs - 1);
  expect(told).toHaveLength(3);
  vi.advanceTimersByTime(1);
  expect(told.at(-1)).toBe('disconnected 3');
  expect(released).toBe(2);
});

test('who comes back connects anew; at the end nobody is left', () => {
  presence.sent(admission, origin, 1);
  vi.advanceTimersByTime(300_000);
  presence.sent(admission, origin, 1);
  presence.sent(admission, { ...origin, client: 'overland' }, 1);
  expect(told.filter((one) => one.startsWith('connected'))).toHaveLength(3);
  presence.stop();
  expect(told.filter((one) => one.startsWith('disconnected'))).toHaveLength(3);
  expect(released).toBe(3);
  vi.advanceTimersByTime(600_000);
  expect(released).toBe(3);
});
