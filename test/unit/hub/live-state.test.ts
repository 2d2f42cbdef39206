import { beforeEach, describe, expect, test } from 'vitest';
import { LiveState } from '../../../src/main/hub/live-state';
import { apply, storedFrame } from './frame-fixture';
import { createTestClock, T0, type TestClock } from './test-clock';

const ANN = { name: 'ann', colour: 0, platform: 'iOS', address: '192.168.1.20', note: '', isRevoked: false };
const at = (latitude: number) => ({ latitude, longitude: 10 });

let clock: TestClock;
let told: string[];
let live: LiveState;

beforeEach(() => {
  clock = createTestClock();
  told = [];
  live = new LiveState({
    clock,
    onChanged: (deviceId, frames) => told.push(`${deviceId} +${frames}`),
    onRemoved: (deviceId) => told.push(`${deviceId} removed`),
  });
});

const latitude = () => live.get('d1')?.position?.value.latitude;

describe('the live rule', () => {
  test('the newest by its own time wins, in whatever order frames arrive', () => {
    apply(live, storedFrame({ gps: at(1) }, { capturedAtMs: T0 - 1_000 }), ANN);
    apply(live, storedFrame({ gps: at(2) }, { capturedAtMs: T0 - 500 }), ANN);
    expect(latitude()).toBe(2);
    // Backfill from the queue of an hour ago never drags the marker back.
    apply(live, storedFrame({ gps: at(3) }, { capturedAtMs: T0 - 3_600_000 }), ANN);
    expect(latitude()).toBe(2);
    expect(live.get('d1')?.frames).toBe(3);
  });

  test('corrected time goes before the time the phone says', () => {
    apply(live, storedFrame({ gps: at(1) }, { capturedAtMs: T0 + 50_000, correctedAtMs: T0 - 2_000 }), ANN);
    apply(live, storedFrame({ gps: at(2) }, { capturedAtMs: T0 - 9_000, correctedAtMs: T0 - 1_000 }), ANN);
    expect(latitude()).toBe(2);
    expect(live.get('d1')?.position?.atMs).toBe(T0 - 1_000);
  });

  test.each([
    ['a year ahead', T0 + 365 * 86_400_000],
    ['2 minutes ahead', T0 + 120_000],
    ['25 h behind', T0 - 25 * 3_600_000],
  ])('a phone whose clock is %s moves by the time of arrival', (_, capturedAtMs) => {
    apply(live, storedFrame({ gps: at(1) }, { capturedAtMs }), ANN);
    apply(live, storedFrame({ gps: at(2) }, { capturedAtMs: capturedAtMs - 500, receivedAtMs: T0 + 500 }), ANN);
    expect(latitude()).toBe(2);
    expect(live.get('d1')).toMatchObject({ position: { atMs: T0 + 500 }, delayMs: null });
  });

  test('each value has its own age: a photo stays while positions go on', () => {
    const photoBase64 = Buffer.from([0xff, 0xd8, 0xff, 1]).toString('base64');
    apply(live, storedFrame({ gps: at(1), photoBase64 }, { capturedAtMs: T0 - 2_000 }), ANN);
    apply(live, storedFrame({ gps: at(2) }, { capturedAtMs: T0 - 1_000 }), ANN);
    apply(live, storedFrame({ orientation: { alpha: 9 } }, { capturedAtMs: T0 }), ANN);
    const device = live.get('d1');
    expect(device?.photo).toMatchObject({ atMs: T0 - 2_000, value: { mime: 'image/jpeg', bytes: 4 } });
    expect(device?.position).toMatchObject({ atMs: T0 - 1_000, value: { latitude: 2 } });
    expect(device?.orientation).toMatchObject({ atMs: T0, value: { alpha: 9, beta: null } });
    expect(device?.motion).toBeNull();
  });

  test('a value that a backfill is first to tell is shown with its age', () => {
    apply(live, storedFrame({ gps: at(1) }, { capturedAtMs: T0 }), ANN);
    apply(live, storedFrame({ weather: { temperature: 4 } }, { capturedAtMs: T0 - 60_000 }), ANN);
    expect(live.get('d1')?.weather).toEqual({ atMs: T0 - 60_000, value: expect.objectContaining({ temperature: 4 }) });
  });

  test('the battery and the delay follow the newest frame only', () => {
    apply(live, storedFrame({ battery: 0.5 }, { capturedAtMs: T0 - 40 }), ANN);
    apply(live, storedFrame({ battery: 0.9 }, { capturedAtMs: T0 - 60_000 }), ANN);
    expect(live.get('d1')).toMatchObject({ batteryPct: 50, delayMs: 40 });
    apply(live, storedFrame({}, { capturedAtMs: T0 - 30 }), ANN);
    expect(live.get('d1')).toMatchObject({ batteryPct: 50, delayMs: 30 });
  });

  test('no delay is told of a phone that gives no time, or seems to send before it measured', () => {
    apply(live, storedFrame({}, { capturedAtMs: null }), ANN);
    expect(live.get('d1')?.delayMs).toBeNull();
    apply(live, storedFrame({}, { capturedAtMs: T0 + 1_000 }), ANN);
    expect(live.get('d1')?.delayMs).toBeNull();
  });

  test('values out of range are not used', () => {
    apply(
      live,
      storedFrame({ battery: 3, gps: { ...at(1), heading: 400, speed: 2 }, orientation: { alpha: -1 } }),
      ANN,
    );
    expect(live.get('d1')).toMatchObject({
      batteryPct: null,
      position: { value: { heading: null, speed: 2 } },
      orientation: null,
    });
  });
});

describe('who is on the list', () => {
  test('a phone is there while it is connected, and gone when it left without a frame', () => {
    live.online('d1', ANN);
    expect(live.get('d1')).toMatchObject({ ...ANN, isOnline: true, connectedAtMs: T0, frames: 0 });
    live.offline('d1');
    expect(live.list()).toEqual([]);
    expect(told).toEqual(['d1 +0', 'd1 removed']);
  });

  test('with a frame it stays, offline', () => {
    live.online('d1', ANN);
    apply(live, storedFrame({}), ANN);
    live.offline('d1');
    expect(live.get('d1')).toMatchObject({ isOnline: false, connectedAtMs: null, address: ANN.address, frames: 1 });
    expect(told).toEqual(['d1 +0', 'd1 +1', 'd1 +0']);
  });

  test('by name, then by id', () => {
    for (const [id, name] of [
      ['d3', 'bob'],
      ['d2', 'ann'],
      ['d1', 'bob'],
    ] as const)
      live.online(id, { ...ANN, name });
    expect(live.list().map(({ deviceId }) => deviceId)).toEqual(['d2', 'd1', 'd3']);
  });

  test('a new session: counts start at 0, who is away leaves, where people are stays known', () => {
    live.online('d1', ANN);
    apply(live, storedFrame({ gps: at(1) }), ANN);
    apply(live, storedFrame({}, { deviceId: 'd2' }), ANN);
    told.length = 0;
    live.beginSession();
    expect(live.list()).toHaveLength(1);
    expect(live.get('d1')).toMatchObject({ frames: 0, position: { value: { latitude: 1 } } });
    expect(told.sort()).toEqual(['d1 +0', 'd2 removed']);
    live.offline('d1');
    expect(live.list()).toEqual([]);
  });

  test('a rename and a refusal are told; of nobody, nothing', () => {
    live.online('d1', ANN);
    live.present('d1', { ...ANN, name: 'Team 1' });
    live.refused('d1');
    live.present('d2', ANN);
    live.refused('d2');
    live.offline('d2');
    expect(live.list()).toHaveLength(1);
    expect(live.get('d1')).toMatchObject({ name: 'Team 1', refused: 1 });
    expect(live.get('d2')).toBeNull();
  });
});

test('a restart puts a device back where it was', () => {
  const newest = [
    storedFrame({ gps: at(1) }, { capturedAtMs: T0 - 9_000 }),
    storedFrame({ battery: 0.5 }, { capturedAtMs: T0 - 1_000, receivedAtMs: T0 - 900 }),
  ];
  live.restore(newest, 250, ANN);
  live.restore([], 0, ANN);
  expect(live.list()).toHaveLength(1);
  expect(live.get('d1')).toMatchObject({
    isOnline: false,
    frames: 250,
    batteryPct: 50,
    lastReceivedAtMs: T0 - 900,
    rateHz: 0,
    position: { value: { latitude: 1 }, atMs: T0 - 9_000 },
  });
});

test('a rate that falls because nothing comes is told once', () => {
  for (let index = 0; index < 10; index++) apply(live, storedFrame({}), ANN);
  expect(live.get('d1')?.rateHz).toBe(10);
  told.length = 0;
  clock.advance(20_000);
  live.age();
  expect(told).toEqual(['d1 +0']);
  expect(live.get('d1')?.rateHz).toBe(0);
  live.age();
  expect(told).toHaveLength(1);
});
