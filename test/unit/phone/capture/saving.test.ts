import { expect, it } from 'vitest';
import { type Saving, type Strain, Thrift, toIntervalMs } from '../../../../src/renderer/phone/capture/saving';

const GOOD: Strain = { battery: 0.8, isCharging: false, isConnected: true, roundTripMs: 40, waiting: 0 };

it.each<[string, Partial<Strain>, Saving]>([
  ['nothing is wrong', {}, 'none'],
  ['the battery is low', { battery: 0.19 }, 'low-battery'],
  ['the battery is low, but charging', { battery: 0.19, isCharging: true }, 'none'],
  ['the battery is at the limit', { battery: 0.2 }, 'none'],
  ['the browser tells no battery', { battery: null, isCharging: null }, 'none'],
  ['the hub answers slowly', { roundTripMs: 2_500 }, 'weak-link'],
  ['the hub answers slowly and the battery is low', { roundTripMs: 2_500, battery: 0.1 }, 'low-battery'],
  ['the hub is away', { isConnected: false, roundTripMs: null, waiting: 5_000 }, 'none'],
])('%s', (_case, strain, saving) => {
  expect(new Thrift().look({ ...GOOD, ...strain })).toBe(saving);
});

it('saves while more and more waits, until it is clearly better', () => {
  const thrift = new Thrift();
  const looks = [30, 61, 90, 130, 120, 50, 31, 29].map((waiting) => thrift.look({ ...GOOD, waiting }));
  expect(looks).toEqual(['none', 'weak-link', 'weak-link', 'weak-link', 'weak-link', 'weak-link', 'weak-link', 'none']);
});

it('takes no shrinking backlog for a weak link', () => {
  const thrift = new Thrift();
  thrift.look({ ...GOOD, isConnected: false, waiting: 600 });
  expect([500, 300, 100].map((waiting) => thrift.look({ ...GOOD, waiting }))).toEqual(['none', 'none', 'none']);
});

it.each([
  [1_000, 'none', 1_000],
  [1_000, 'weak-link', 5_000],
  [100, 'low-battery', 500],
  [5_000, 'weak-link', 10_000],
  [60_000, 'low-battery', 60_000],
] as const)('%i ms, %s: %i ms', (wanted, saving, interval) => {
  expect(toIntervalMs(wanted, saving)).toBe(interval);
});
