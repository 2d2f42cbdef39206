import { expect, test } from 'vitest';
import { LatencyHistogram } from '../../../src/main/drill/latency';

test('nothing counted, nothing said', () => {
  expect(new LatencyHistogram().summary()).toEqual({ p50: null, p99: null, p999: null, max: null });
});

test('percentiles are within 2 % of the true ones, the longest is exact', () => {
  const histogram = new LatencyHistogram();
  for (let ms = 1; ms <= 10_000; ms += 1) histogram.add(ms / 10);
  const { p50, p99, p999, max } = histogram.summary();
  expect(p50).toBeGreaterThanOrEqual(500);
  expect(p50).toBeLessThan(500 * 1.021);
  expect(p99).toBeGreaterThanOrEqual(990);
  expect(p99).toBeLessThanOrEqual(1000);
  expect(p999).toBeGreaterThanOrEqual(999);
  expect(max).toBe(1000);
});

test('no duration is too long', () => {
  const histogram = new LatencyHistogram();
  histogram.add(1e9);
  histogram.add(0);
  expect(histogram.summary().max).toBe(1e9);
});
