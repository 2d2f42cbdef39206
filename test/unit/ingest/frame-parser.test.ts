import { expect, test } from 'vitest';
import { parseFrame } from '../../../src/main/ingest/frame-parser';
import { JPEG, nested, parseJson, refusalOf } from './frame-fixture';

const gps = { latitude: 47.6, longitude: -122.3 };

test.each([
  ['nothing at all', {}],
  ['one reading alone', { orientation: { alpha: 1, beta: 2, gamma: 3 } }],
  [
    'null everywhere',
    { id: null, timestamp: null, battery: null, text: null, gps: null, weather: null, photoBase64: null },
  ],
  ['null inside a group', { gps: { ...gps, altitude: null, heading: null }, motion: { accelerationX: null } }],
  [
    'the ends of each range',
    { gps: { latitude: -90, longitude: 180, accuracy: 0, heading: 360, speed: 0 }, battery: 1 },
  ],
  ['fields we do not know', { dataMode: 'full', streamingSession: true, gps: { ...gps, provider: 'fused' } }],
  ['weather as values', { weather: { temperature: -40, humidity: 100, windSpeed: 0, weatherCode: 61 } }],
  [
    'weather inside data',
    { weather: { data: { temperature: 11.4 }, status: 'success', message: 'ok', cached: false } },
  ],
  ['weather that failed', { weather: { data: null, status: 'error', message: 'no network' } }],
  ['detected objects', { objectsDetected: [{ class: 'person', score: 1, bbox: [1, 2, 3, 4] }, { class: '' }] }],
  ['a palette', { colorPalette: ['#fff', { r: 1 }] }],
  ['an id that is a number', { id: 7 }],
  ['absolute or not', { orientation: { alpha: 0, absolute: true } }],
  ['the deepest nesting', nested(32)],
])('accepted as sent, without a flag: %s', (_, frame) => {
  const parsed = parseFrame(frame);
  expect(parsed.data).toEqual(frame);
  expect(parsed.flags).toEqual([]);
  expect(parsed.media).toEqual([]);
});

test.each<[sentence: string, frame: unknown]>([
  ['invalid_frame: data is missing: it must be an object', undefined],
  ['invalid_frame: data must be an object, got null', null],
  ['invalid_frame: data must be an object, got an array', []],
  ['invalid_frame: data must be an object, got "x"', 'x'],
  ['invalid_frame: data.id must be a string or a number, got an object', { id: {} }],
  [
    'invalid_frame: data.timestamp must be an RFC 3339 time or milliseconds since 1970, got "Tue"',
    { timestamp: 'Tue' },
  ],
  ['invalid_frame: data.timestamp must be an RFC 3339 time or milliseconds since 1970, got true', { timestamp: true }],
  ['invalid_frame: data.captureMethod must be a string, got 1', { captureMethod: 1 }],
  ['invalid_frame: data.battery must be a number, got "0.5"', { battery: '0.5' }],
  ['invalid_frame: data.text must be a string, got false', { text: false }],
  ['invalid_frame: data.gps must be an object, got an array', { gps: [1, 2] }],
  ['invalid_frame: data.gps.latitude is missing: it must be between -90 and 90', { gps: { longitude: 1 } }],
  [
    'invalid_frame: data.gps.latitude is missing: it must be between -90 and 90',
    { gps: { latitude: null, longitude: 1 } },
  ],
  ['invalid_frame: data.gps.longitude is missing: it must be between -180 and 180', { gps: { latitude: 1 } }],
  ['invalid_frame: data.gps.latitude must be between -90 and 90, got 91', { gps: { latitude: 91, longitude: 0 } }],
  [
    'invalid_frame: data.gps.longitude must be between -180 and 180, got -180.01',
    { gps: { latitude: 0, longitude: -180.01 } },
  ],
  ['invalid_frame: data.gps.latitude must be a number, got "47"', { gps: { latitude: '47', longitude: 0 } }],
  ['invalid_frame: data.gps.heading must be a number, got "N"', { gps: { ...gps, heading: 'N' } }],
  ['invalid_frame: data.orientation must be an object, got 5', { orientation: 5 }],
  ['invalid_frame: data.orientation.beta must be a number, got an array', { orientation: { beta: [] } }],
  ['invalid_frame: data.orientation.absolute must be true or false, got 1', { orientation: { absolute: 1 } }],
  ['invalid_frame: data.motion.rotationGamma must be a number, got true', { motion: { rotationGamma: true } }],
  ['invalid_frame: data.weather.humidity must be a number, got "wet"', { weather: { humidity: 'wet' } }],
  ['invalid_frame: data.weather.data must be an object, got "none"', { weather: { data: 'none' } }],
  [
    'invalid_frame: data.weather.data.temperature must be a number, got "hot"',
    { weather: { data: { temperature: 'hot' } } },
  ],
  ['invalid_frame: data.objectsDetected must be an array, got an object', { objectsDetected: {} }],
  ['invalid_frame: data.objectsDetected[1] must be an object, got null', { objectsDetected: [{ class: 'a' }, null] }],
  ['invalid_frame: data.objectsDetected[0].class is missing: it must be a string', { objectsDetected: [{ score: 1 }] }],
  [
    'invalid_frame: data.objectsDetected[0].score must be a number, got "1"',
    { objectsDetected: [{ class: 'a', score: '1' }] },
  ],
  ['invalid_frame: data.colorPalette must be an array, got "red"', { colorPalette: 'red' }],
  ['invalid_frame: data must be nested at most 32 deep', nested(33)],
  ['too_large: data must hold at most 65536 bytes of unknown fields, got 65544', { junk: 'x'.repeat(65_534) }],
])('refused: %s', (sentence, frame) => {
  expect(refusalOf(frame)).toBe(sentence);
});

test('the first fault in the order of the protocol is the one named', () => {
  expect(refusalOf({ text: 1, gps: { latitude: 91 }, battery: 'x' })).toContain('data.battery');
});

test('a long or hostile value is not repeated whole', () => {
  expect(refusalOf({ timestamp: `\n\u0007${'x'.repeat(1_000)}` })).toMatch(/, got "\\n\\u0007x{38}…"$/);
});

test.each([
  ['battery', { battery: 1.01 }],
  ['gps.accuracy', { gps: { ...gps, accuracy: -1 } }],
  ['gps.altitudeAccuracy', { gps: { ...gps, altitudeAccuracy: -0.1 } }],
  ['gps.heading', { gps: { ...gps, heading: 360.5 } }],
  ['gps.speed', { gps: { ...gps, speed: -1 } }],
  ['orientation.alpha', { orientation: { alpha: 361 } }],
  ['orientation.beta', { orientation: { beta: -181 } }],
  ['orientation.gamma', { orientation: { gamma: 90.1 } }],
  ['weather.humidity', { weather: { humidity: 101 } }],
  ['weather.windSpeed', { weather: { windSpeed: -1 } }],
  ['weather.data.windDirection', { weather: { data: { windDirection: 400 } } }],
  ['weather.data.precipitation', { weather: { data: { precipitation: -1 } } }],
  ['weather.cloudCover', { weather: { cloudCover: 101 } }],
  ['objectsDetected[0].score', { objectsDetected: [{ class: 'cat', score: 1.5 }] }],
])('stored as sent and flagged: %s', (path, frame) => {
  const parsed = parseFrame(frame);
  expect(parsed.flags).toEqual([`out_of_range:${path}`]);
  expect(parsed.data).toEqual(frame);
});

test('a list made up of bad scores does not flood the log with flags', () => {
  const objectsDetected = new Array(50_000).fill({ class: 'a', score: 9 });
  expect(parseFrame({ gps: { ...gps, speed: -1 }, objectsDetected }).flags).toHaveLength(100);
});

test('times: RFC 3339 or ms, of the device', () => {
  expect(parseFrame({ timestamp: '2026-11-21T20:05:33.044Z' }).capturedAtMs).toBe(1_795_291_533_044);
  expect(parseFrame({ timestamp: 1_795_291_533_044.7 }).capturedAtMs).toBe(1_795_291_533_044);
  expect(parseFrame({}).capturedAtMs).toBeNull();
});

test('the battery is told only when it can be meant', () => {
  expect(parseFrame({ battery: 0.5 }).battery).toBe(0.5);
  expect(parseFrame({ battery: 50 }).battery).toBeNull();
  expect(parseFrame({}).battery).toBeNull();
});

test('unknown fields are counted in bytes, wherever they are, and known ones are not', () => {
  const long = 'x'.repeat(70_000);
  expect(refusalOf({ gps: { ...gps, note: long } })).toMatch(/^too_large: /);
  expect(refusalOf({ weather: { data: { note: long } } })).toMatch(/^too_large: /);
  expect(refusalOf({ objectsDetected: [{ class: 'a', note: long }] })).toMatch(/^too_large: /);
  // Three bytes a letter: fewer letters than the limit has bytes.
  expect(refusalOf({ note: '\u20ac'.repeat(30_000) })).toMatch(/^too_large: /);
  expect(parseFrame({ text: long, colorPalette: [long] }).data).toEqual({ text: long, colorPalette: [long] });
});

test('a number that no number of the world is', () => {
  expect(() => parseJson('{"gps":{"latitude":1e999,"longitude":0}}')).toThrow(
    'data.gps.latitude must be a number, got Infinity',
  );
  expect(() => parseJson('{"id":1e999}')).toThrow('data.id must be a string or a number');
  const parsed = parseJson('{"unknown":[1e999,-1e999]}');
  expect(parsed.body).toBe('{"unknown":[null,null]}');
  expect(parsed.data).toEqual({ unknown: [null, null] });
});

test('members named after the prototype are data like any other', () => {
  const json =
    '{"__proto__":{"gps":{"latitude":91}},"constructor":1,"toString":2,"gps":{"latitude":1,"longitude":2,"__proto__":{"x":1}}}';
  const parsed = parseJson(json);
  expect(parsed.body).toBe(json);
  expect(Object.getPrototypeOf(parsed.data)).toBe(Object.prototype);
  expect({}).not.toHaveProperty('gps');
});

test('a huge array costs no more than its text', () => {
  const json = `{"colorPalette":[${'0,'.repeat(1_000_000)}0]}`;
  expect(parseJson(json).body).toBe(json);
});

test('hostile nesting in a message of 8 MiB is refused, not followed', () => {
  const depth = 1_000_000;
  expect(() => parseJson(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`)).toThrow('nested at most 32 deep');
});

test.each([['photo'], ['audio']])("a phone's own %s can't pass for a file of ours", (name) => {
  const claim = { sha256: 'a'.repeat(64), bytes: 1, mime: 'image/jpeg' };
  const parsed = parseFrame({ [name]: claim, [`${name}Base64`]: JPEG.toString('base64') });
  expect(parsed.data[`${name}Sent`]).toEqual(claim);
  expect(parsed.data[name]).toEqual({ sha256: parsed.media[0]?.sha256, bytes: JPEG.length, mime: 'image/jpeg' });
  expect(parsed.flags).toEqual([`renamed:${name}`]);
  expect(JSON.parse(parsed.body)).toEqual(parsed.data);
});

test('renaming overwrites nothing, and null needs none', () => {
  expect(parseFrame({ photo: 1, photoSent: 2 }).data).toEqual({ photoSent: 2, photoSent_: 1 });
  expect(parseFrame({ photo: null }).flags).toEqual([]);
});

test.each([
  ['kept as it came', '{"gps":{"latitude":1.50,"longitude":2},"n":12345678901234567890}', true],
  ['a photo goes to a file', '{"photoBase64":"/9j/4A=="}', false],
  ['a number that JSON cannot say again', '{"n":1e999}', false],
  ['a member of the name of one of ours', '{"photo":"x"}', false],
])('the text of a frame: %s', (_, text, isKept) => {
  const { body, data } = parseFrame(JSON.parse(text), text);
  expect(body === text).toBe(isKept);
  expect(JSON.parse(body)).toEqual(data);
});
