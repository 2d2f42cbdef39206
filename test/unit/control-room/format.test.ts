import { describe, expect, it } from 'vitest';
import {
  formatBearing,
  formatBytes,
  formatDistance,
  formatLatLon,
  formatQuantity,
} from '../../../src/renderer/control-room/format/quantity';
import { formatAge, formatDuration, formatMoment } from '../../../src/renderer/control-room/format/time';

describe('formatAge', () => {
  it.each([
    [-400, '0 s'],
    [0, '0 s'],
    [3_999, '3 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_599_999, '59 min'],
    [3_600_000, '1 h'],
    [86_400_000 * 2, '2 d'],
  ])('%i ms is %s', (ageMs, text) => {
    expect(formatAge(ageMs)).toBe(text);
  });
});

describe('formatDuration', () => {
  it.each([
    [-1, '0:00'],
    [7_400, '0:07'],
    [763_000, '12:43'],
    [10_931_000, '3:02:11'],
  ])('%i ms is %s', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });
});

describe('formatMoment', () => {
  it('says the year only when it is another one', () => {
    const now = new Date(2026, 10, 21, 23, 10).getTime();
    expect(formatMoment(new Date(2026, 2, 4, 9, 5).getTime(), now)).toBe('4 Mar, 09:05');
    expect(formatMoment(new Date(2025, 2, 4, 9, 5).getTime(), now)).toBe('4 Mar 2025, 09:05');
  });
});

describe('quantities', () => {
  it('shows a dash for what was not sent, and zero as zero', () => {
    expect(formatQuantity(null, 'm')).toBe('–');
    expect(formatQuantity(0, 'm', 1)).toBe('0.0 m');
    expect(formatBearing(null)).toBe('–');
  });
  it('wraps a bearing round north', () => {
    expect(formatBearing(359.6)).toBe('0° N');
    expect(formatBearing(42)).toBe('42° NE');
  });
  it('gives coordinates as other programs take them', () => {
    expect(formatLatLon(47.6112, -122.3246)).toBe('47.611200, -122.324600');
  });
  it.each([
    [812, '812 B'],
    [14_200, '14.2 kB'],
    [3_100_000, '3.1 MB'],
    [1_200_000_000, '1.20 GB'],
  ])('%i bytes is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

it.each([
  [0, '0 m'],
  [999.4, '999 m'],
  [999.6, '1.00 km'],
  [12_434, '12.43 km'],
])('distance %f is %s', (metres, text) => {
  expect(formatDistance(metres)).toBe(text);
});
