import { expect, test } from 'vitest';
import { frameOf, readFixture, readRequest } from './read-fixture';

const AT_MS = 1_790_000_000_000;
const at = (ms: number): number => (AT_MS + ms) * 1e6;
const message = (payload: readonly object[]) => ({ messageId: 1, sessionId: 's', deviceId: 'd', payload });
const framesOf = (payload: readonly object[], headers: Record<string, string> = {}) =>
  readRequest({ path: '/sensorlogger', headers, body: JSON.stringify(message(payload)) }).frames;

test('readings of a tenth of a second are one frame: the newest of each sensor has its place, nothing is lost', () => {
  const { id, name, frames } = readFixture('sensorlogger');
  expect({ id, name }).toEqual({ id: '62be974f', name: null });
  expect(frames.map(({ atMs, flags }) => [atMs, flags])).toEqual([
    [AT_MS + 40, []],
    [AT_MS + 250, []],
    [AT_MS + 400, []],
  ]);
  const [first, second, third] = frames.map(({ data }) => data);
  expect(first).toMatchObject({
    motion: {
      accelerationX: 0.5,
      accelerationY: -0.5,
      accelerationZ: 0.25,
      rotationAlpha: 17.188733854,
      rotationBeta: 5.729577951,
      rotationGamma: 11.459155903,
    },
    orientation: { alpha: 270, beta: 28.647889757, gamma: -14.323944878 },
    battery: 0.64,
    sensorlogger: { messageId: 46, sessionId: 'c5ae6095' },
  });
  expect(JSON.stringify(first)).toContain('"pressure":1010.4');
  expect(JSON.stringify(first), 'the older reading').toContain('{"x":0.25,"y":-0.5,"z":0.125}');
  expect(second).toMatchObject({
    gps: { latitude: 47.6112, longitude: -122.3246, altitude: 98.5, accuracy: 4.7, speed: 1.5 },
    motion: { accelerationX: 1, accelerationY: 2, accelerationZ: 3 },
  });
  expect(second).not.toHaveProperty('gps.heading');
  expect(JSON.stringify(second)).toContain('"speedAccuracy":0.4');
  expect(third).toMatchObject({ text: 'at the bridge' });
});

test('a frame with a position has the time of the position', () => {
  const location = { name: 'location', time: at(10), values: { latitude: 1, longitude: 2 } };
  const light = { name: 'light', time: at(90), values: { lux: 3 } };
  expect(framesOf([light, location])).toMatchObject([{ timestamp: AT_MS + 10, gps: { latitude: 1 } }]);
});

test('100 times a second for a second are ten frames with all hundred readings', () => {
  const payload = Array.from({ length: 100 }, (_, index) => ({
    name: 'gyroscope',
    time: at(index * 10),
    values: { x: index, y: 0, z: 0 },
  }));
  const frames = framesOf(payload) as ReadonlyArray<{ sensorlogger: { readings: unknown[] } }>;
  expect(frames).toHaveLength(10);
  expect(frames.map(({ sensorlogger }) => sensorlogger.readings.length)).toEqual(Array(10).fill(9));
});

test('acceleration with gravity, where there is one, is what a phone page sends', () => {
  const values = { x: 1, y: 1, z: 1 };
  const [frame] = framesOf([
    { name: 'totalacceleration', time: at(1), values: { x: 0, y: 0, z: 9.8 } },
    { name: 'accelerometer', time: at(2), values },
  ]);
  expect(frame).toMatchObject({ motion: { accelerationZ: 9.8 }, sensorlogger: { readings: [{ values }] } });
});

test('Android turns yaw and pitch the other way', () => {
  const payload = [{ name: 'orientation', time: at(0), values: { yaw: Math.PI / 2, pitch: 0.5, roll: 0.25 } }];
  expect(framesOf(payload, { 'user-agent': 'okhttp/4.12.0' })).toMatchObject([
    { orientation: { alpha: 270, beta: -28.647889757, gamma: 14.323944878 } },
  ]);
  expect(framesOf(payload)).toMatchObject([{ orientation: { alpha: 90, beta: 28.647889757 } }]);
});

test('each picture is a frame of its own', () => {
  const camera = (ms: number) => ({ name: 'camera', time: at(ms), values: { image: '/9j/4AAB', imageFormat: 'jpg' } });
  expect(framesOf([camera(1), camera(2)])).toMatchObject([{ photoBase64: '/9j/4AAB' }, { photoBase64: '/9j/4AAB' }]);
});

test('values beside the name instead of below it; a time as text; an empty message', () => {
  expect(frameOf('/sensorlogger', message([{ name: 'Light', time: `${at(5)}`, lux: 7 }]))).toMatchObject({
    timestamp: AT_MS + 5,
    sensorlogger: { readings: [{ name: 'Light', lux: 7 }] },
  });
  expect(framesOf([])).toEqual([]);
});

test.each([
  [{ deviceId: 'd' }, 'payload is missing'],
  [message([{ time: 1, values: {} }]), 'payload[0].name is missing'],
  [message([{ name: 'x', values: {} }]), 'payload[0].time is missing'],
  [message([{ name: 'x', time: 'soon', values: {} }]), 'payload[0].time must be nanoseconds'],
])('%j is refused', (body, sentence) => {
  expect(() => frameOf('/sensorlogger', body)).toThrow(sentence);
});
