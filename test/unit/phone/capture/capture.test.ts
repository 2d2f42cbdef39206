import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pace } from '../../../../src/renderer/phone/capture/pace';
import { fitInside } from '../../../../src/renderer/phone/capture/photo';
import { type Readings, toMadeFrame, toSensorFrame } from '../../../../src/renderer/phone/capture/readings';

const AT_MS = Date.UTC(2026, 10, 21, 20, 5, 35, 80);
const position = {
  latitude: 47.6066,
  longitude: -122.3315,
  altitude: null,
  accuracy: 6,
  altitudeAccuracy: null,
  heading: null,
  speed: null,
};
const orientation = { alpha: 14, beta: 13.3, gamma: -4.5, absolute: true };
const motion = {
  accelerationX: 0.1,
  accelerationY: 0.2,
  accelerationZ: 9.7,
  rotationAlpha: null,
  rotationBeta: null,
  rotationGamma: null,
};
const readings: Readings = {
  fix: { position, fixedAtMs: AT_MS - 500 },
  orientation,
  motion,
  battery: 0.82,
  isCharging: null,
};

describe('a frame', () => {
  it('holds what is new, under the names of the wire', () => {
    expect(toSensorFrame(readings, new Set(['fix', 'orientation', 'motion']), AT_MS)).toEqual({
      timestamp: '2026-11-21T20:05:35.080Z',
      captureMethod: 'perch-phone',
      battery: 0.82,
      gps: position,
      orientation,
      motion,
    });
  });

  it('leaves out what is not new, and a battery nobody told', () => {
    expect(toSensorFrame({ ...readings, battery: null }, new Set(['motion']), AT_MS)).toEqual({
      timestamp: '2026-11-21T20:05:35.080Z',
      captureMethod: 'perch-phone',
      motion,
    });
  });

  it.each([
    [500, true],
    [15_000, true],
    [15_001, false],
  ])('of a photo with a position %i ms old: marked %s', (ageMs, isMarked) => {
    const fix = { position, fixedAtMs: AT_MS - ageMs };
    const frame = toMadeFrame({ ...readings, fix }, { photoBase64: 'data:image/jpeg;base64,AAAA' }, AT_MS);
    expect(frame).toMatchObject({ photoBase64: 'data:image/jpeg;base64,AAAA', captureMethod: 'perch-phone' });
    expect(frame.gps).toEqual(isMarked ? position : undefined);
    expect(frame.orientation).toBeUndefined();
  });
});

describe('the pace of frames', () => {
  const made: { parts: string[]; atMs: number }[] = [];
  let pace: Pace<'fix' | 'motion'>;

  beforeEach(() => {
    vi.useFakeTimers({ now: AT_MS });
    made.length = 0;
    pace = new Pace(1_000, (parts, atMs) => made.push({ parts: [...parts], atMs: atMs - AT_MS }));
    pace.start();
  });
  afterEach(() => {
    pace.stop();
    vi.useRealTimers();
  });

  it('makes none while nothing is new', () => {
    vi.advanceTimersByTime(30_000);
    expect(made).toEqual([]);
  });

  it('makes one an interval, however often a sensor reports', () => {
    for (let n = 0; n < 30; n++) {
      pace.mark('motion');
      vi.advanceTimersByTime(100);
    }
    expect(made).toEqual([1_000, 2_000, 3_000].map((atMs) => ({ parts: ['motion'], atMs })));
  });

  it('makes one at once for a position that comes late, and keeps the distance after it', () => {
    pace.mark('motion');
    vi.advanceTimersByTime(2_400);
    pace.markUrgent('fix');
    pace.mark('motion');
    vi.advanceTimersByTime(1_000);
    expect(made).toEqual([
      { parts: ['motion'], atMs: 1_000 },
      { parts: ['fix'], atMs: 2_400 },
      { parts: ['motion'], atMs: 3_400 },
    ]);
  });

  it('lets a position wait that comes too soon after the last frame', () => {
    pace.markUrgent('fix');
    vi.advanceTimersByTime(300);
    pace.markUrgent('fix');
    vi.advanceTimersByTime(700);
    expect(made.map(({ atMs }) => atMs)).toEqual([0, 1_000]);
  });

  it('makes none after stop', () => {
    pace.mark('motion');
    pace.stop();
    vi.advanceTimersByTime(5_000);
    expect(made).toEqual([]);
  });
});

it.each([
  [4032, 3024, [1600, 1200]],
  [3024, 4032, [1200, 1600]],
  [800, 600, [800, 600]],
  [10_000, 1, [1600, 1]],
])('fits a photo of %i x %i into %j', (width, height, fitted) => {
  expect(fitInside(width, height)).toEqual(fitted);
});
