import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventPayload } from '../../../src/common/contract/events';
import type { HubConnection } from '../../../src/common/contract/server';
import { LiveFeed } from '../../../src/main/hub/live-feed';
import { LiveState } from '../../../src/main/hub/live-state';
import { apply, storedFrame } from './frame-fixture';
import { createTestClock } from './test-clock';

type Batch = EventPayload<'live.batch'>;
const ANN = { name: 'ann', colour: 0, platform: null, address: null, note: '', isRevoked: false };
const MIB = 1024 * 1024;

let feed: LiveFeed;
let state: LiveState;

beforeEach(() => {
  vi.useFakeTimers();
  const clock = createTestClock();
  state = new LiveState({
    clock,
    onChanged: (deviceId, frames) => feed.changed(deviceId, frames),
    onRemoved: (deviceId) => feed.removed(deviceId),
  });
  feed = new LiveFeed(state, clock);
});
afterEach(() => {
  feed.stop();
  vi.useRealTimers();
});

/** A subscribed control room whose unsent bytes are set by the test. */
function subscribe() {
  const batches: Batch[] = [];
  const transport = { bufferedBytes: 0, send: () => {}, onMessage: () => {}, onClose: () => {}, close: () => {} };
  const connection: HubConnection = {
    emit: (name, payload) => {
      expect(name).toBe('live.batch');
      batches.push(payload as Batch);
    },
  };
  feed.subscribe(connection, transport);
  return { batches, transport, connection };
}

const frame = (deviceId = 'd1') => apply(state, storedFrame({}, { deviceId }), ANN);
const ids = (batch: Batch | undefined) => batch?.devices.map(({ deviceId }) => deviceId);

test('at most 10 a second, the newest of each device, with a count of what was merged', () => {
  const { batches } = subscribe();
  for (let ms = 0; ms < 1_000; ms += 5) {
    frame();
    vi.advanceTimersByTime(5);
  }
  expect(batches).toHaveLength(10);
  expect(batches.reduce((sum, { mergedFrames }) => sum + mergedFrames, 0)).toBe(200);
  expect(batches.map(({ devices }) => devices.length)).toEqual(new Array(10).fill(1));
  expect(batches.at(-1)?.devices[0]?.frames).toBe(200);
});

test('nothing changed, nothing sent', () => {
  const { batches } = subscribe();
  frame();
  vi.advanceTimersByTime(10_000);
  expect(batches).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});

test('who left the list is named, unless back in time', () => {
  const { batches } = subscribe();
  state.online('d1', ANN);
  state.offline('d1');
  state.online('d2', ANN);
  state.offline('d2');
  state.online('d2', ANN);
  vi.advanceTimersByTime(100);
  expect(batches).toHaveLength(1);
  expect(batches[0]?.removed).toEqual(['d1']);
  expect(ids(batches[0])).toEqual(['d2']);
});

test('a reader over its high-water mark gets nothing new, then the newest in one batch', () => {
  const slow = subscribe();
  const quick = subscribe();
  slow.transport.bufferedBytes = MIB + 1;
  for (let step = 0; step < 5; step++) {
    frame('d1');
    frame('d2');
    vi.advanceTimersByTime(100);
  }
  expect(quick.batches).toHaveLength(5);
  expect(slow.batches).toEqual([]);
  slow.transport.bufferedBytes = MIB;
  vi.advanceTimersByTime(100);
  expect(slow.batches).toHaveLength(1);
  expect(slow.batches[0]?.mergedFrames).toBe(10);
  expect(ids(slow.batches[0])).toEqual(['d1', 'd2']);
  expect(quick.batches).toHaveLength(5);
});

test('who unsubscribed gets nothing; without readers nothing is timed', () => {
  const { batches, connection } = subscribe();
  frame();
  feed.unsubscribe(connection);
  vi.advanceTimersByTime(1_000);
  expect(batches).toEqual([]);
  frame();
  expect(vi.getTimerCount()).toBe(0);
});

test('subscribing twice is once', () => {
  const { batches, connection, transport } = subscribe();
  feed.subscribe(connection, transport);
  frame();
  vi.advanceTimersByTime(100);
  expect(batches).toHaveLength(1);
});
