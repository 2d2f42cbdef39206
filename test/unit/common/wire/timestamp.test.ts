import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toMs } from '../../../../src/common/wire/timestamp';

test.each([
  ['2026-11-21T20:05:33Z', '2026-11-21T20:05:33.000Z'],
  ['2026-11-21T20:05:33.044Z', '2026-11-21T20:05:33.044Z'],
  ['2026-11-21t20:05:33.0447891z', '2026-11-21T20:05:33.044Z'],
  ['2026-11-21 20:05:33+02:00', '2026-11-21T18:05:33.000Z'],
  ['2026-11-21T20:05:33-09:30', '2026-11-22T05:35:33.000Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ['2000-02-29T23:59:59.999Z', '2000-02-29T23:59:59.999Z'],
  ['0042-12-31T00:00:00.000Z', '0042-12-31T00:00:00.000Z'],
])('%s is a time', (text, utc) => {
  expect(toMs(text)).toBe(Date.parse(utc));
});

test.each([
  '',
  '1',
  'Tue',
  '2026-11-21',
  '2026-11-21T20:05Z',
  '2026-11-21T20:05:33',
  '2026-11-21T20:05:33+0200',
  '2026-13-01T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '2026-02-30T00:00:00.000Z',
  '2026-11-31T00:00:00.000Z',
  '2026-00-10T00:00:00.000Z',
  '2026-10-00T00:00:00Z',
  '1900-02-29T00:00:00.000Z',
  '2026-11-21T24:00:00.000Z',
  '2026-11-21T20:05:60.000Z',
  '2026-11-21T20:05:33.04\u0664Z',
  '2025-02-29T00:00:00Z',
  '2026-11-21T24:00:00Z',
  '2026-11-21T20:60:00Z',
  '2026-11-21T20:05:33+99:00',
  '20261121T200533Z',
  ' 2026-11-21T20:05:33Z',
  '2026-11-21T20:05:33Z\n',
])('%j is none', (text) => {
  expect(toMs(text)).toBeNull();
});

test.each([
  [Number.NaN],
  [Number.POSITIVE_INFINITY],
  [8.64e15 + 1],
  [null],
  [undefined],
  [true],
  [{}],
  [[]],
  [new Date()],
])('%s is none', (value) => {
  expect(toMs(value)).toBeNull();
});

test('whole milliseconds, before 1970 too', () => {
  expect([toMs(0), toMs(1.9), toMs(-1.5), toMs(8.64e15)]).toEqual([0, 1, -2, 8.64e15]);
});

test('every time a Date writes is read back; no text throws', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
      (date) => toMs(date.toISOString()) === date.getTime(),
    ),
  );
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)), (text) => {
      const ms = toMs(text);
      return ms === null || Number.isInteger(ms);
    }),
  );
});
