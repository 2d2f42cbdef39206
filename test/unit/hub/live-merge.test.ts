import { beforeEach, expect, test } from 'vitest';
import { Merges } from '../../../src/common/model/merges';
import { LiveState } from '../../../src/main/hub/live-state';
import { DeviceTrack, stepOf } from '../../../src/main/hub/quality/device-track';
import { apply, storedFrame } from './frame-fixture';
import { createTestClock, T0, type TestClock } from './test-clock';

const presence = (name: string, more: object = {}) => ({
  name,
  colour: 0,
  platform: null,
  address: null,
  note: '',
  isRevoked: false,
  ...more,
});
const ANN = presence('Ann', { colour: 4, note: 'Team 2' });
const LITE = presence('Phone 2', { address: '10.0.0.9', platform: 'iOS' });
const at = (latitude: number) => ({ gps: { latitude, longitude: 10 } });

let clock: TestClock;
let merges: Merges;
let told: string[];
let live: LiveState;
let tracks: Map<string, DeviceTrack>;
let unknown: string | null;

beforeEach(() => {
  clock = createTestClock();
  merges = new Merges();
  told = [];
  unknown = null;
  tracks = new Map();
  live = new LiveState({
    clock,
    tracks: { of: (deviceId) => tracks.get(deviceId)?.track ?? null, isKnown: (deviceId) => deviceId !== unknown },
    people: { merges, presenceOf: (deviceId) => (deviceId === 'a' ? ANN : LITE) },
    onChanged: (deviceId, frames) => told.push(`${deviceId} +${frames}`),
    onRemoved: (deviceId) => told.push(`${deviceId} removed`),
  });
});

/** b is shown as a from here on, or no more. */
function merge(into: string | null): void {
  merges.set('b', into);
  told.length = 0;
  live.regrouped(['a', 'b']);
}

const from = (deviceId: string, data: object, capturedAtMs: number) =>
  apply(live, storedFrame(data, { deviceId, capturedAtMs }), deviceId === 'a' ? ANN : LITE);

test('one entry: each value of either by the live rule, counts added up, what the operator chose of the survivor', () => {
  live.online('a', ANN);
  live.online('b', LITE);
  merge('a');
  expect(told).toEqual(['a +0', 'b removed']);
  from('a', { ...at(1), battery: 0.5 }, T0 - 500);
  from('b', { ...at(2), orientation: { alpha: 9 } }, T0 - 100);
  from('a', at(3), T0 - 300);
  expect(told.slice(2)).toEqual(['a +1', 'a +1', 'a +1']);
  const [person, ...others] = live.list();
  expect(others).toEqual([]);
  expect(live.get('b')).toEqual(person);
  expect(person).toMatchObject({
    ...{ deviceId: 'a', merged: ['b'], name: 'Ann', colour: 4, note: 'Team 2', isOnline: true },
    ...{ frames: 3, rateHz: 3, delayMs: 100, batteryPct: 50 },
    position: { value: { latitude: 2 }, atMs: T0 - 100 },
    orientation: { value: { alpha: 9 } },
  });
});

test('a connection of either counts as online; what a phone says of itself is of the connected one', () => {
  live.online('a', ANN);
  from('a', {}, T0);
  live.reported('a', { battery: null, charging: true, visibility: 'visible', queued: 3, captured: 40 });
  live.offline('a');
  clock.advance(1_000);
  live.online('b', LITE);
  live.reported('b', { battery: null, charging: false, visibility: 'hidden', queued: 2, captured: 5 });
  merge('a');
  expect(live.get('a')).toMatchObject({
    ...{ isOnline: true, connectedAtMs: T0 + 1_000, address: '10.0.0.9', platform: 'iOS' },
    ...{ charging: false, visibility: 'hidden', queued: 5, captured: 45 },
  });
  live.offline('b');
  expect(live.get('a')).toMatchObject({ isOnline: false, connectedAtMs: null, frames: 1 });
  expect(live.get('b')).toMatchObject({ deviceId: 'a' });
});

test('a call for help of either holds until that phone ends it', () => {
  for (const id of ['a', 'b']) live.online(id, presence(id));
  merge('a');
  live.sosCalled('b', { active: true, text: 'my leg', atMs: T0 });
  live.sosCalled('a', { active: false, text: null, atMs: T0 + 5 });
  expect(live.get('a')?.sos).toMatchObject({ active: true, text: 'my leg' });
  live.sosCalled('b', { active: false, text: null, atMs: T0 + 9 });
  expect(live.get('a')?.sos).toMatchObject({ active: false, atMs: T0 + 9 });
});

test('taken apart, each is as it was, with what it has sent meanwhile', () => {
  live.online('a', ANN);
  live.online('b', LITE);
  from('a', at(1), T0 - 900);
  merge('a');
  from('b', at(2), T0 - 800);
  merge(null);
  expect(told).toEqual(['a +0', 'b +0']);
  expect(live.get('a')).toMatchObject({ merged: [], frames: 1, position: { value: { latitude: 1 } } });
  expect(live.get('b')).toMatchObject({ name: 'Phone 2', frames: 1, position: { value: { latitude: 2 } } });
});

test('a person is in the list while any device of theirs is: of the survivor alone nothing need be there', () => {
  live.online('b', LITE);
  merge('a');
  expect(live.get('a')).toMatchObject({ deviceId: 'a', name: 'Ann', merged: ['b'] });
  live.present('a', presence('Ann B.'));
  live.offline('b');
  expect(live.list()).toEqual([]);
  expect(told).toEqual(['a +0', 'b removed', 'a +0', 'a removed']);
});

test('the way is the sum of both, never from one phone to the other', () => {
  live.online('a', ANN);
  live.online('b', LITE);
  for (const id of ['a', 'b']) tracks.set(id, new DeviceTrack());
  for (const [index, id] of ['a', 'b', 'a', 'b'].entries()) {
    const gps = { latitude: id === 'a' ? 47 : 48, longitude: 10 + index / 1_000 };
    const step = stepOf(storedFrame({ gps }, { deviceId: id, capturedAtMs: T0 - 60_000 + index * 10_000 }));
    if (step) tracks.get(id)?.add(step);
  }
  const [a, b] = ['a', 'b'].map((id) => live.get(id)?.track?.raw.distanceM ?? 0);
  merge('a');
  expect(live.get('a')?.track?.raw.distanceM).toBeCloseTo((a ?? 0) + (b ?? 0));
  expect(live.get('a')?.track?.raw.distanceM).toBeLessThan(1_000);
  expect(a).toBeGreaterThan(0);
  unknown = 'b';
  expect(live.get('a')?.track).toBeNull();
});
