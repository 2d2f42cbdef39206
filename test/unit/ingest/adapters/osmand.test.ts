import { expect, test } from 'vitest';
import { frameOf, readFixture, readRequest } from './read-fixture';

test('a query: knots, percent, seconds', () => {
  expect(readFixture('osmand-query')).toEqual({
    id: '902064',
    name: '902064',
    frames: [
      {
        atMs: 1_790_000_000_000,
        flags: [],
        data: {
          timestamp: 1_790_000_000_000,
          gps: {
            latitude: 47.6112,
            longitude: -122.3246,
            altitude: 384.7,
            accuracy: 8,
            heading: 90.5,
            speed: 5.144444444,
          },
          battery: 0.87,
          osmand: { charge: 'true' },
        },
      },
    ],
  });
});

test('a form: deviceid, a time of day without a zone is UTC', () => {
  expect(readFixture('osmand-form')).toMatchObject({
    id: '902065',
    frames: [{ atMs: 1_790_000_000_000, data: { gps: { heading: 7, speed: 0 }, osmand: { hdop: '6.0' } } }],
  });
});

test('Traccar Client from 9.0: m/s, battery 0 to 1, -1 is none', () => {
  expect(readFixture('traccar-client')).toEqual({
    id: '48241170',
    name: '48241170',
    frames: [
      {
        atMs: 1_790_000_000_444,
        flags: [],
        data: {
          timestamp: 1_790_000_000_444,
          gps: {
            latitude: 47.6112,
            longitude: -122.3246,
            altitude: 35.7,
            accuracy: 3.8,
            altitudeAccuracy: 4.1,
            speed: 18.67,
          },
          battery: 0.79,
          osmand: {
            event: 'motionchange',
            is_moving: true,
            uuid: '5c1b7f0a-3f6e-4d27-9a55-0d7f6f1c2a11',
            odometer: 1204.5,
            activity: { type: 'on_foot', confidence: 100 },
            coords: { speed_accuracy: 0.26, heading_accuracy: -1 },
            battery: { is_charging: false },
          },
        },
      },
    ],
  });
});

test.each([
  ['timestamp=1790000000', 1_790_000_000_000],
  ['timestamp=1790000000123', 1_790_000_000_123],
  ['timestamp=2026-09-21T14%3A13%3A20Z', 1_790_000_000_000],
  ['timestamp=2026-09-21T16%3A13%3A20.5%2B0200', 1_790_000_000_500],
])('%s', (field, timestamp) => {
  expect(frameOf(`/osmand?id=1&lat=1&lon=2&${field}`)).toMatchObject({ timestamp });
});

test('location=LAT,LON is a place; no place is none; an invalid fix is kept, not shown', () => {
  expect(frameOf('/osmand?id=1&location=60.0,30.5')).toEqual({ gps: { latitude: 60, longitude: 30.5 } });
  expect(frameOf('/osmand?id=1&batt=50&cell=1,2&cell=3,4')).toEqual({ battery: 0.5, osmand: { cell: ['1,2', '3,4'] } });
  expect(frameOf('/osmand?id=1&lat=1&lon=2&valid=false')).toMatchObject({ osmand: { lat: '1', lon: '2' } });
  expect(frameOf('/osmand?id=1&lat=1&lon=2&valid=false')).not.toHaveProperty('gps');
});

test('the key is no part of what is stored', () => {
  expect(JSON.stringify(frameOf('/osmand?key=join-secret&token=x&id=1&lat=1&lon=2'))).not.toMatch(/secret|token/);
});

test('several locations in one body', () => {
  const at = (latitude: number) => ({ coords: { latitude, longitude: 2 } });
  const body = JSON.stringify({ device_id: 7, location: [at(1), at(3)] });
  expect(readRequest({ path: '/osmand', headers: {}, body })).toMatchObject({ id: '7', frames: [{}, {}] });
});

test.each([
  [{ device_id: '1' }, 'location is missing'],
  [{ device_id: '1', location: 5 }, 'location must be a JSON object, got 5'],
  [{ device_id: '1', location: {} }, 'location.coords is missing'],
])('%j is refused', (body, sentence) => {
  expect(() => frameOf('/osmand', body)).toThrow(sentence);
});

const ALARM = { coords: { latitude: 1, longitude: 2 }, extras: { alarm: 'sos' } };

test.each([
  ['in a query', '/osmand?id=1&lat=1&lon=2&alarm=sos', null, true],
  ['in JSON', '/osmand', { device_id: '1', location: ALARM }, true],
  ['ended by hand', '/osmand?id=1&lat=1&lon=2&alarm=none', null, false],
])('the SOS button is a call for help like any: %s', (_name, path, body, active) => {
  expect(frameOf(path, body)).toMatchObject({ captureMethod: 'sos', sos: { active }, gps: { latitude: 1 } });
});

test.each([
  ['another alarm', { extras: { alarm: 'vibration' } }],
  ['extras that are none', { extras: 5 }],
])('no call for help: %s', (_name, more) => {
  const location = { coords: { latitude: 1, longitude: 2 }, ...more };
  expect(frameOf('/osmand', { device_id: '1', location })).not.toHaveProperty('sos');
});
