import { describe, expect, test } from 'vitest';
import type { StoredFrame } from '../../../../src/common/model/frame';
import { DeviceTrack, stepOf } from '../../../../src/main/hub/quality/device-track';
import { distanceM } from '../../../../src/main/hub/quality/distance';
import { FrameQuality } from '../../../../src/main/hub/quality/frame-quality';
import { replayTracks } from '../../../../src/main/hub/quality/replay-tracks';
import { storedFrame } from '../frame-fixture';
import { type Step, T0, toData } from './walk-fixture';

/** Frames as they are stored, flags included, in the order of arrival. */
function stored(steps: readonly Step[]): StoredFrame[] {
  const quality = new FrameQuality();
  return steps.map((step, index) => {
    const data = toData(step);
    const capturedAtMs = T0 + step.seconds * 1000;
    const receivedAtMs = T0 + 20_000_000 + index;
    const flags = quality.flagsOf({ deviceId: 'd1', capturedAtMs, receivedAtMs, data });
    return storedFrame(data, { capturedAtMs, receivedAtMs, flags });
  });
}

function trackOf(steps: readonly Step[]) {
  const track = new DeviceTrack();
  for (const frame of stored(steps)) {
    const step = stepOf(frame);
    if (step) track.add(step);
  }
  return track.track;
}

const walk = (from: number, to: number, more: Partial<Step> = {}): Step[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    seconds: from + index,
    metres: (from + index) * 1.5,
    ...more,
  }));

test.each([
  ['a degree of latitude', { latitude: 0, longitude: 0 }, { latitude: 1, longitude: 0 }, 111_195.08],
  ['a degree of longitude at 60° N', { latitude: 60, longitude: 0 }, { latitude: 60, longitude: 1 }, 55_597.01],
  ['over the date line', { latitude: 0, longitude: 179.5 }, { latitude: 0, longitude: -179.5 }, 111_195.08],
  ['Berlin to Paris', { latitude: 52.52, longitude: 13.405 }, { latitude: 48.8566, longitude: 2.3522 }, 877_464.6],
  ['antipodes', { latitude: 10, longitude: 0 }, { latitude: -10, longitude: 180 }, 20_015_115.07],
  ['a metre', { latitude: 47, longitude: 11 }, { latitude: 47 + 1 / 111_195.08, longitude: 11 }, 1],
])('distance: %s', (_, a, b, metres) => {
  expect(Math.abs(distanceM(a, b) / metres - 1)).toBeLessThan(2e-6);
});

describe('totals', () => {
  test('null before the first position', () => {
    expect(stepOf(storedFrame({ orientation: { alpha: 1 } }))).toBeNull();
    expect(new DeviceTrack().track).toBeNull();
  });

  test('a walk of 100 s: the same raw and clean, but for the last steps', () => {
    const track = trackOf(walk(0, 100, { speed: 1.5 }));
    expect(track?.raw).toEqual({ distanceM: 150, movingS: 100, climbM: 0 });
    expect(track?.clean).toEqual({ distanceM: 150, movingS: 100, climbM: 0 });
  });

  test('20 frames a second with one fix a second: it moves all the time', () => {
    const steps = walk(0, 50).flatMap((step) =>
      Array.from({ length: 20 }, (_, index) => ({ ...step, seconds: step.seconds + index / 20 })),
    );
    expect(trackOf(steps)?.raw).toEqual({ distanceM: 75, movingS: 50, climbM: 0 });
  });

  test('an outlier and standing about count raw only', () => {
    const rest = Array.from({ length: 60 }, (_, index) => ({
      seconds: 101 + index,
      metres: 150 + (index % 2) * 3,
      speed: 0,
    }));
    const steps = [
      ...walk(0, 50, { speed: 1.5 }),
      { seconds: 50.5, metres: 2_075 },
      ...walk(51, 100, { speed: 1.5 }),
      ...rest,
    ];
    const track = trackOf(steps);
    expect(track?.raw.distanceM).toBeGreaterThan(4_000);
    expect(track?.clean).toEqual({ distanceM: 150, movingS: 100, climbM: 0 });
  });

  test('climb: every rise raw, rises of 10 m clean', () => {
    const heights = [100, 103, 99, 104, 101, 112, 118, 123, 120, 108, 115, 119];
    const steps = heights.map((altitude, index) => ({ seconds: index * 10, metres: index * 20, altitude }));
    expect(trackOf(steps)).toMatchObject({
      raw: { climbM: 3 + 5 + 11 + 6 + 5 + 7 + 4 },
      clean: { climbM: 12 + 11 + 11 },
    });
  });

  test('more than five minutes between two positions: the distance counts, the time is not known', () => {
    const track = trackOf([
      { seconds: 0, metres: 0 },
      { seconds: 299, metres: 600 },
      { seconds: 900, metres: 1_600 },
    ]);
    expect(track?.raw).toEqual({ distanceM: 1_600, movingS: 299, climbM: 0 });
  });
});

describe('the order of arrival', () => {
  const way = walk(0, 400).map((step) => ({ ...step, metres: 300 * Math.sin(step.seconds / 60), speed: 3 }));
  const inOrder = trackOf(way);

  test.each([
    ['the queue after the live ones', [...way.slice(0, 100), ...way.slice(300), ...way.slice(100, 300)]],
    ['live and queue in turns', way.slice(0, 200).flatMap((old, index) => [way[index + 200] ?? old, old])],
    ['all old ones last', [...way.slice(200), ...way.slice(0, 200)]],
  ])('%s: the same way', (_, steps) => {
    const track = trackOf([...steps, way.at(-1) ?? walk(0, 0)[0]].filter((step) => step !== undefined));
    for (const kind of ['raw', 'clean'] as const) {
      expect(Math.abs((track?.[kind].distanceM ?? 0) - (inOrder?.[kind].distanceM ?? 0))).toBeLessThan(10);
      expect(Math.abs((track?.[kind].movingS ?? 0) - (inOrder?.[kind].movingS ?? 0))).toBeLessThan(10);
    }
  });

  test('a position a minute: more silences than are kept open lose nothing', () => {
    const steps = Array.from({ length: 200 }, (_, index) => ({
      seconds: index * 60,
      metres: index * 90,
      altitude: index * 11,
    }));
    expect(trackOf(steps)?.raw).toEqual({ distanceM: 17_910, movingS: 199 * 60, climbM: 199 * 11 });
    expect(trackOf(steps)?.clean).toEqual({ distanceM: 17_910, movingS: 199 * 60, climbM: 199 * 11 });
    expect(trackOf(steps.toReversed())?.raw.distanceM).toBe(17_910);
  });
});

describe('replay after a restart', () => {
  const frames = stored(walk(0, 999));
  const first = frames[0]?.frameId ?? 0;
  const page = (after: number, limit: number) => {
    const from = Math.max(0, after - first + 1);
    const items = frames.slice(from, from + limit);
    return Promise.resolve({ items, next: from + limit < frames.length ? (items.at(-1)?.frameId ?? null) : null });
  };
  const ids = (of: readonly StoredFrame[]) => of.map(({ frameId }) => frameId);

  test('every frame after one, page by page, and no other', async () => {
    const seen: StoredFrame[] = [];
    const replay = (frame: StoredFrame) => seen.push(frame);
    const after = frames[300]?.frameId ?? 0;
    expect(await replayTracks({ after, isWanted: () => true, page, replay, isComplete: () => true })).toBe(699);
    expect(ids(seen)).toEqual(ids(frames.slice(301)));
  });

  test('it reads on until nothing came that has to be read', async () => {
    const asked: number[] = [];
    const more = (after: number) => {
      asked.push(after);
      return Promise.resolve({ items: frames.slice(asked.length - 1, asked.length), next: null });
    };
    const isComplete = () => asked.length === 3;
    expect(await replayTracks({ after: 0, isWanted: () => true, page: more, replay: () => {}, isComplete })).toBe(3);
    expect(asked).toEqual([0, first, first + 1]);
  });

  test('it stops when another session began', async () => {
    let count = 0;
    const replay = () => {
      count += 1;
    };
    const isWanted = () => count < 400;
    expect(await replayTracks({ after: 0, isWanted, page, replay, isComplete: () => true })).toBeNull();
    expect(count).toBe(400);
  });
});
