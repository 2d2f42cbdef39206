import { expect, it } from 'vitest';
import { accuracyAtZoom, toPlace } from '../../../../src/renderer/phone/lite/parse-place';

it.each([
  ['47.61', '-121.94', 47.61, -121.94],
  ['47,61', '−121,94', 47.61, -121.94],
  [' +47.61° ', '\t121.94\n', 47.61, 121.94],
  ['٤٧٫٦١', '-١٢١٫٩٤', 47.61, -121.94],
  ['۴۷.۵', '۰', 47.5, 0],
  ['90', '180', 90, 180],
  ['-90', '-180.0', -90, -180],
  ['0.', '0', 0, 0],
])('%j, %j is a place', (latitudeText, longitudeText, latitude, longitude) => {
  expect(toPlace(latitudeText, longitudeText)).toEqual({ latitude, longitude, accuracy: 50 });
});

it.each([
  ['', ''],
  ['47.61', ''],
  ['', '8.5'],
  ['90.001', '0'],
  ['0', '-180.5'],
  ['47.61.2', '8'],
  ['47,61,2', '8'],
  ['1e1', '8'],
  ['0x10', '8'],
  ['Infinity', '8'],
  ['NaN', '8'],
  ['47 36', '8'],
  ['--47', '8'],
  ['4747', '8'],
  ['.5', '8'],
  ['47° N', '8'],
])('%j, %j is none', (latitudeText, longitudeText) => {
  expect(toPlace(latitudeText, longitudeText)).toBeNull();
});

it('a place on the map is known the worse the farther out it was set, and never better than the outline', () => {
  // 40,075,017 m / 256 px at the equator and zoom 0, times the 24 px of a thumb.
  expect(accuracyAtZoom(0, 0)).toBe(3_757_033);
  expect(accuracyAtZoom(60, 0)).toBe(1_878_516);
  expect(accuracyAtZoom(0, 5)).toBe(117_407);
  expect(accuracyAtZoom(47.6, 16)).toBe(1_000);
});
