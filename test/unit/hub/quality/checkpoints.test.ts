import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { storedFrame } from '../frame-fixture';
import { T0 } from '../test-clock';
import { TrackLog, take } from './track-log';

/** `count` frames, of so many devices in turn. */
function fill(log: TrackLog, count: number, devices: number) {
  return Array.from({ length: count }, () => {
    const frameId = log.frames.length + 1;
    const gps = { latitude: 47, longitude: 11 + frameId / 1e5 };
    const deviceId = `d${frameId % devices}`;
    const frame = storedFrame({ gps }, { frameId, deviceId, capturedAtMs: T0, liveAtMs: T0 + frameId * 1000 });
    log.frames.push(frame);
    return frame;
  });
}

test('three hundred devices with a frame a second each: three are saved a second, all in their turn', async () => {
  const log = new TrackLog();
  const tracks = log.open();
  await log.settled();
  for (let second = 0; second < 100; second += 1) {
    for (const frame of fill(log, 300, 300)) take(tracks, frame);
    tracks.tick();
    await log.settled();
  }
  expect(log.commits).toEqual(Array.from({ length: 100 }, () => 3));
  expect(log.saved.size).toBe(300);
  // What a kill leaves to be read: as much as came while all had their turn.
  const held = Math.max(...[...log.saved.values()].map(({ allUpTo }) => allUpTo));
  expect(log.frames.length - held).toBeLessThanOrEqual(30_000);
  expect(held).toBeGreaterThan(0);
});

test('however many frames there were, a commit gets 50; where few come, none is written', async () => {
  const log = new TrackLog();
  const tracks = log.open();
  await log.settled();
  for (const frame of fill(log, 99, 3)) take(tracks, frame);
  tracks.tick();
  await log.settled();
  expect(log.commits).toEqual([]);
  for (const frame of fill(log, 50_000, 200)) take(tracks, frame);
  for (let second = 0; second < 6; second += 1) {
    tracks.tick();
    await log.settled();
  }
  expect(log.commits).toEqual([50, 50, 50, 50]);
  await tracks.flush();
  expect(log.commits).toHaveLength(4);
  log.open();
  await log.settled();
  expect(log.read).toEqual([0, 0]);
});

test('nothing is said to hold that a save under way may not bring: the next one waits for it', async () => {
  const log = new TrackLog();
  const tracks = log.open();
  await log.settled();
  for (const frame of fill(log, 100, 2)) take(tracks, frame);
  log.isFailing = true;
  tracks.tick();
  await setImmediate();
  log.isFailing = false;
  for (const frame of fill(log, 100, 2)) take(tracks, frame);
  tracks.tick();
  await log.settled();
  expect(log.commits).toEqual([]);
  tracks.tick();
  await log.settled();
  // d0 is not saved yet: its first frame is the second.
  expect([...log.saved.values()]).toMatchObject([{ deviceId: 'd1', upTo: 200, allUpTo: 1 }]);
});

test('what somebody else has to hear again holds the beginning back', async () => {
  const log = new TrackLog();
  const tracks = log.open();
  await log.settled();
  log.keptUpTo = 149;
  for (const frame of fill(log, 300, 3)) take(tracks, frame);
  await tracks.flush();
  log.open();
  await log.settled();
  expect(log.read.at(-1)).toBe(151);
});

test('more comes while it reads than can wait: the log is read on', async () => {
  const log = new TrackLog();
  fill(log, 1000, 2);
  const tracks = log.open();
  for (const frame of fill(log, 45_000, 2)) take(tracks, frame);
  await expect.poll(() => tracks.isKnown('d0'), { timeout: 10_000 }).toBe(true);
  expect(tracks.of('d0')).toEqual(log.whole('d0').track);
  expect(log.read).toEqual([46_000]);
});

test('of a forgotten device nothing comes back, whatever was on its way', async () => {
  const log = new TrackLog();
  fill(log, 1000, 2);
  const tracks = log.open();
  const [waits] = fill(log, 1, 2);
  if (waits) take(tracks, waits);
  tracks.forget('d1');
  await expect.poll(() => tracks.isKnown('d0')).toBe(true);
  await tracks.flush();
  expect([...log.saved.keys()]).toEqual(['d0']);
  expect(tracks.of('d1')).toBeNull();
});
