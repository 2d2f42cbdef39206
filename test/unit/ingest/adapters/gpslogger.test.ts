import { expect, test } from 'vitest';
import { frameOf, readFixture, readRequest } from './read-fixture';

test('its own example: m/s, percent, the serial number is the id', () => {
  expect(readFixture('gpslogger-get')).toEqual({
    id: 'R58M12ABC',
    name: null,
    frames: [
      {
        atMs: 1_790_000_000_000,
        flags: [],
        data: {
          timestamp: 1_790_000_000_000,
          gps: { latitude: 47.6112, longitude: -122.3246, altitude: 98, accuracy: 10.5, heading: 91.5, speed: 1.25 },
          battery: 0.64,
        },
      },
    ],
  });
});

test('%ALL: an unknown serial number is none, the annotation is a text, empty fields are dropped', () => {
  const { id, frames } = readFixture('gpslogger-all');
  expect(id).toBe('9774d56d682e549c');
  expect(frames).toMatchObject([
    {
      atMs: 1_790_000_001_000,
      data: {
        text: 'bridge is out',
        gps: { heading: 0, speed: 0 },
        gpslogger: { sat: '12', profile: 'Default Profile' },
      },
    },
  ]);
  expect(frames[0]?.data).not.toHaveProperty('gpslogger.vdop');
});

test('a body that the user wrote as JSON; an id of their own goes first', () => {
  const path = '/gpslogger?id=ann&ser=S';
  const body = { lat: 1.5, lon: '2', timestamp: 1790000000 };
  expect(frameOf(path, body)).toEqual({ timestamp: 1_790_000_000_000, gps: { latitude: 1.5, longitude: 2 } });
  expect(readRequest({ path, headers: {}, body: null }).id).toBe('ann');
});
