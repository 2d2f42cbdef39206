import { expect, test } from 'vitest';
import { frameOf, readFixture, readRequest } from './read-fixture';

const feature = (properties: object, coordinates: unknown = [2, 1, 50]) => ({
  locations: [{ type: 'Feature', geometry: { type: 'Point', coordinates }, properties }],
});

test('a batch: one frame a location, offset without a colon, -1 is none', () => {
  const { id, name, frames } = readFixture('overland');
  expect({ id, name }).toEqual({ id: 'search-2', name: 'search-2' });
  expect(frames).toEqual([
    {
      atMs: 1_790_000_000_000,
      flags: [],
      data: {
        timestamp: 1_790_000_000_000,
        gps: { latitude: 47.6112, longitude: -122.3246, altitude: 98, accuracy: 30, speed: 4 },
        battery: 0.89,
        overland: {
          motion: ['walking'],
          battery_state: 'unplugged',
          device_id: 'search-2',
          wifi: '',
          locations_in_payload: 2,
        },
      },
    },
    {
      atMs: 1_790_000_005_000,
      flags: [],
      data: expect.objectContaining({
        gps: {
          latitude: 47.6113,
          longitude: -122.3247,
          altitude: 99,
          accuracy: 5,
          altitudeAccuracy: 3,
          heading: 12.5,
        },
      }),
    },
  ]);
  expect(frames[1]?.data).not.toHaveProperty('battery');
});

test('an altitude in the coordinates; coordinates as an object', () => {
  expect(frameOf('/overland', feature({}))).toEqual({ gps: { latitude: 1, longitude: 2, altitude: 50 } });
  expect(frameOf('/overland', feature({}, { latitude: 1, longitude: 2 }))).toEqual({
    gps: { latitude: 1, longitude: 2 },
  });
});

test('a visit or a trip is told afterwards: an event, no position', () => {
  const frame = frameOf('/overland', feature({ type: 'visit', timestamp: '2026-09-21T14:13:20Z' }));
  expect(frame).toMatchObject({
    timestamp: 1_790_000_000_000,
    overland: { type: 'visit', geometry: { type: 'Point' } },
  });
  expect(frame).not.toHaveProperty('gps');
});

test.each([
  [{ device_id: '', unique_id: 'u1' }, 'u1', null],
  [{ device_id: '' }, null, null],
])('whose it is: %j', (properties, id, name) => {
  const body = JSON.stringify(feature(properties));
  expect(readRequest({ path: '/overland', headers: {}, body })).toMatchObject({ id, name });
});

test.each([
  [{}, 'locations is missing'],
  [{ locations: {} }, 'locations must be an array'],
  [{ locations: [1] }, 'locations[0] must be a JSON object'],
])('%j is refused', (body, sentence) => {
  expect(() => frameOf('/overland', body)).toThrow(sentence);
});
