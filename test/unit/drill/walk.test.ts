import { expect, test } from 'vitest';
import { createRandom } from '../../../src/main/drill/random';
import { Walk } from '../../../src/main/drill/walk';
import { parseFrame } from '../../../src/main/ingest/frame-parser';

const middle = { latitude: 47.6573, longitude: -122.4055 };

interface Gps {
  readonly latitude: number;
  readonly longitude: number;
  readonly heading: number;
  readonly speed: number;
}

const metresBetween = (a: Gps, b: Gps): number => {
  const north = (b.latitude - a.latitude) * 111_320;
  const east = (b.longitude - a.longitude) * 111_320 * Math.cos((a.latitude * Math.PI) / 180);
  return Math.hypot(north, east);
};

const walkFor = (seconds: number, seed: number): readonly Gps[] => {
  const walk = new Walk(middle, createRandom(seed));
  return Array.from({ length: seconds }, (_, second) => walk.frame(1_700_000_000_000 + second * 1000).gps as never);
};

test('positions follow from each other at the pace of a person', () => {
  const track = walkFor(600, 1);
  for (const [index, at] of track.entries()) {
    const before = track[index - 1];
    if (!before) continue;
    expect(metresBetween(before, at)).toBeCloseTo(at.speed, 0);
    expect(at.speed).toBeGreaterThanOrEqual(0.7);
    expect(at.speed).toBeLessThanOrEqual(1.7);
  }
});

test('an hour of walking stays near the place', () => {
  const centre = { ...middle, heading: 0, speed: 0 };
  for (const at of walkFor(3600, 2)) expect(metresBetween(centre, at)).toBeLessThan(1200);
});

test('the same seed is the same walk, another one another', () => {
  expect(walkFor(5, 7)).toEqual(walkFor(5, 7));
  expect(walkFor(5, 7)).not.toEqual(walkFor(5, 8));
});

test('the parser takes every frame without a flag', () => {
  const walk = new Walk(middle, createRandom(3));
  for (let second = 0; second < 2000; second += 1) {
    expect(parseFrame(walk.frame(1_700_000_000_000 + second * 1000)).flags).toEqual([]);
  }
});
