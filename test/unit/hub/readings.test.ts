import { expect, test } from 'vitest';
import { badPathsOf, type FrameReadings, READINGS } from '../../../src/main/hub/readings';
import { parseFrame } from '../../../src/main/ingest/frame-parser';

const KINDS = Object.keys(READINGS) as (keyof FrameReadings)[];

const read = (frame: object): FrameReadings => {
  const { data, flags } = parseFrame(frame);
  const bad = badPathsOf(flags);
  const found = KINDS.map((kind) => {
    const { member, says, read: readKind } = READINGS[kind];
    const value = data[member] ?? null;
    const reading = readKind(value, bad);
    // Every frame is asked what it says, few are read: the two must never differ.
    expect(says(value, bad)).toBe(reading !== null);
    return [kind, reading] as const;
  });
  return Object.fromEntries(found) as unknown as FrameReadings;
};

const nothing = {
  position: null,
  orientation: null,
  motion: null,
  weather: null,
  objects: null,
  photo: null,
};

test.each([
  ['an empty frame', {}],
  [
    'null everywhere',
    { gps: null, orientation: null, motion: null, weather: null, objectsDetected: null, battery: null },
  ],
  [
    'groups that say nothing',
    { orientation: {}, motion: { accelerationX: null }, weather: { data: null, status: 'error' } },
  ],
  ['an empty list of objects', { objectsDetected: [] }],
])('%s says nothing', (_, frame) => {
  expect(read(frame)).toEqual(nothing);
});

test('a position, whole or with what there is', () => {
  expect(read({ gps: { latitude: 1, longitude: 2, speed: 3, other: 4 } }).position).toEqual({
    latitude: 1,
    longitude: 2,
    altitude: null,
    accuracy: null,
    altitudeAccuracy: null,
    heading: null,
    speed: 3,
  });
});

test.each([
  ['as values', { temperature: 4, humidity: 120 }],
  ['inside data', { data: { temperature: 4, humidity: 120 }, status: 'success' }],
])('weather %s, without what is out of range', (_, weather) => {
  expect(read({ weather }).weather).toMatchObject({ temperature: 4, humidity: null, windSpeed: null });
});

test('detected objects, without a score that is none', () => {
  const objectsDetected = [{ class: 'person', score: 0.9, bbox: [] }, { class: 'dog' }, { class: 'cat', score: 90 }];
  expect(read({ objectsDetected }).objects).toEqual([
    { class: 'person', score: 0.9 },
    { class: 'dog', score: null },
    { class: 'cat', score: null },
  ]);
});

test('a hostile list of objects is not held whole in memory', () => {
  const objects = read({ objectsDetected: new Array(10_000).fill({ class: 'x'.repeat(1_000) }) }).objects;
  expect(objects).toHaveLength(50);
  expect(objects?.[0]?.class).toHaveLength(64);
});

test('orientation and motion', () => {
  expect(read({ orientation: { gamma: 5, absolute: true } }).orientation).toEqual({
    alpha: null,
    beta: null,
    gamma: 5,
    absolute: true,
  });
  expect(read({ motion: { rotationBeta: -3 } }).motion).toMatchObject({ accelerationX: null, rotationBeta: -3 });
});

test("only our own reference is a photo, never a phone's claim", () => {
  const mine = read({ photoBase64: Buffer.from([0xff, 0xd8, 0xff]).toString('base64') }).photo;
  expect(mine).toMatchObject({ mime: 'image/jpeg', bytes: 3 });
  expect(read({ photo: mine }).photo).toBeNull();
});
