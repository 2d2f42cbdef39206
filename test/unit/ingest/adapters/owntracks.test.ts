import { expect, test } from 'vitest';
import { frameOf, readFixture, readRequest } from './read-fixture';

const AT_MS = 1_790_000_000_000;
const message = (body: unknown, headers: Record<string, string> = {}, path = '/owntracks') =>
  readRequest({ path, headers, body: typeof body === 'string' ? body : JSON.stringify(body) });

test('a location: km/h, percent, seconds, -1 is none, the rest kept beside', () => {
  expect(readFixture('owntracks-location')).toEqual({
    id: 'jane/pixel',
    name: 'jane',
    frames: [
      {
        atMs: AT_MS,
        flags: [],
        data: {
          timestamp: AT_MS,
          gps: { latitude: 47.6112, longitude: -122.3246, altitude: 98, accuracy: 11, heading: 271, speed: 10 },
          battery: 0.57,
          owntracks: {
            _type: 'location',
            bs: 1,
            conn: 'm',
            created_at: 1790000002,
            inregions: ['Car park'],
            t: 'u',
            tid: 'ja',
            topic: 'owntracks/jane/pixel',
          },
        },
      },
    ],
  });
});

test('a transition is an event with its words; the place of the region is no position of the phone', () => {
  const { frames } = readFixture('owntracks-transition');
  expect(frames).toMatchObject([
    { atMs: AT_MS + 60_000, data: { text: 'leave Car park', owntracks: { event: 'leave' } } },
  ]);
  expect(frames[0]?.data).not.toHaveProperty('gps');
});

test.each(['waypoint', 'waypoints', 'card', 'cmd', 'lwt', 'steps', 'beacon', 'status', 'encrypted', 'something_new'])(
  'a %s is kept as it came',
  (_type) => {
    const body = { _type, desc: 'x', lat: 1, lon: 2 };
    expect(frameOf('/owntracks', body)).toEqual({ owntracks: body });
  },
);

test('the birth of a region is not when the message was made', () => {
  expect(frameOf('/owntracks', { _type: 'waypoint', tst: 5 })).not.toHaveProperty('timestamp');
  expect(frameOf('/owntracks', { _type: 'steps', tst: 1790000000, steps: 7 })).toMatchObject({ timestamp: AT_MS });
});

test.each(['configuration', 'dump'])('a %s is kept without what opens doors', (_type) => {
  const secrets = { password: 'k', url: 'http://hub/owntracks/KEY', encryptionKey: 'e', username: 'jane' };
  const frame = frameOf('/owntracks', { _type, ...secrets, configuration: secrets });
  expect(frame).toEqual({ owntracks: { _type, username: 'jane', configuration: { username: 'jane' } } });
});

test('a point of interest is a text with a photo', () => {
  expect(frameOf('/owntracks', { _type: 'location', lat: 1, lon: 2, poi: 'hut', image: '/9j/4AAB' })).toMatchObject({
    text: 'hut',
    photoBase64: '/9j/4AAB',
  });
});

test.each([
  [{}, '/owntracks', { topic: 'owntracks/bo/phone/event', tid: 'bo' }, 'bo/phone', 'bo'],
  [{}, '/owntracks', { tid: 'bo' }, 'bo', 'bo'],
  [{}, '/owntracks?u=bo&d=one', { tid: 'xx' }, 'bo/one', 'bo'],
  [{ 'x-limit-d': 'one' }, '/owntracks', { tid: 'xx' }, 'one', 'xx'],
  [{}, '/owntracks', {}, null, null],
])('whose it is: %j %s %j', (headers, path, members, id, name) => {
  expect(message({ _type: 'location', lat: 1, lon: 2, ...members }, headers, path)).toMatchObject({ id, name });
});

test('an empty body (a friend was removed) holds nothing to store', () => {
  expect(message('').frames).toEqual([]);
});

test.each([
  ['not json', '_type'],
  ['{', 'not JSON'],
  ['[]', 'must be a JSON object'],
  ['{"lat":1,"lon":2}', '_type is missing'],
  ['{"_type":7}', '_type must be a string'],
])('%s is refused', (body, sentence) => {
  expect(() => message(body, body.startsWith('not') ? {} : { 'content-type': 'application/json' })).toThrow(
    body.startsWith('not') ? 'the message' : sentence,
  );
});
