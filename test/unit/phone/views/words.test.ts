import { beforeAll, expect, it } from 'vitest';
import { i18n, startI18n } from '../../../../src/renderer/phone/i18n/i18n';
import type { LinkState } from '../../../../src/renderer/phone/link/link-state';
import {
  formatAccuracy,
  formatAge,
  formatBattery,
  formatBytes,
  formatDegrees,
  formatMotion,
  formatOrientation,
  formatSeconds,
  formatSpeed,
  formatTimer,
} from '../../../../src/renderer/phone/views/format';
import { toLinkWords } from '../../../../src/renderer/phone/views/link-words';

beforeAll(() => startI18n('en'));

it.each<[LinkState, string, string, string | null]>([
  [{ kind: 'off' }, 'off', 'Nothing to send', null],
  [{ kind: 'connecting', attempt: 0 }, 'connecting', 'Connecting', null],
  [{ kind: 'connected' }, 'connected', 'Connected', null],
  [{ kind: 'waiting', attempt: 1, retryAtMs: 5_400 }, 'reconnecting', 'Reconnecting', 'again in 5 s'],
  [{ kind: 'connecting', attempt: 2 }, 'reconnecting', 'Reconnecting', 'trying now'],
  [{ kind: 'waiting', attempt: 3, retryAtMs: 900 }, 'gone', 'Hub out of reach, still recording', 'again in 0 s'],
])('says %j as %s: %s, %s', (link, state, label, detail) => {
  expect(toLinkWords(i18n.t, link, true, 1_000)).toEqual({ state, label, detail });
});

it('does not promise to record after Stop', () => {
  const link: LinkState = { kind: 'waiting', attempt: 9, retryAtMs: 0 };
  expect(toLinkWords(i18n.t, link, false, 0).label).toBe('Hub out of reach, all is kept');
});

it.each(['replaced', 'kicked', 'unauthorized'] as const)('explains %s in a sentence', (reason) => {
  const words = toLinkWords(i18n.t, { kind: 'closed', reason, retryAtMs: null }, true, 0);
  expect(words.state).toBe('closed');
  expect(words.detail).toMatch(/^[A-Z].*\.$/);
});

it.each([
  [-3_000, 'now'],
  [400, 'now'],
  [2_100, '2 s ago'],
  [59_400, '59 s ago'],
  [59_600, '1 min ago'],
  [3_599_000, '59 min ago'],
  [7_200_000, '2 h ago'],
])('says an age of %i ms as %s', (ageMs, text) => {
  expect(formatAge(i18n.t, ageMs)).toBe(text);
});

it.each([
  ['en', null, '± ?'],
  ['en', 3.46, '±3.5 m'],
  ['en', 6, '±6 m'],
  ['en', 1_414.2, '±1,414 m'],
  ['de', 3.46, '±3,5 m'],
  ['de', 1_414.2, '±1.414 m'],
])('says in %s an accuracy of %s as %s', (language, metres, text) => {
  expect(formatAccuracy(language, metres)).toBe(text);
});

it.each([
  [{ alpha: 0, beta: 1, gamma: 2, absolute: true }, '0° N'],
  [{ alpha: 0.2, beta: 1, gamma: 2, absolute: true }, '0° N'],
  [{ alpha: 270, beta: 1, gamma: 2, absolute: true }, '90° E'],
  [{ alpha: 20, beta: 1, gamma: 2, absolute: true }, '340° N'],
  [{ alpha: 270, beta: -12.4, gamma: 2, absolute: false }, 'tilt −12°'],
  [{ alpha: 270, beta: null, gamma: null, absolute: false }, null],
])('says the orientation %j as %s', (orientation, text) => {
  expect(formatOrientation(i18n.t, orientation)).toBe(text);
});

it('says degrees and motion with fixed decimals', () => {
  expect(formatDegrees(-122.3315)).toBe('−122.33150');
  const still = { accelerationX: 0, accelerationY: 0, accelerationZ: 9.81 };
  const turning = { rotationAlpha: null, rotationBeta: null, rotationGamma: null };
  expect(formatMotion('en', { ...still, ...turning })).toBe('9.8 m/s²');
  expect(formatMotion('fr', { ...still, ...turning })).toBe('9,8 m/s²');
  expect(formatMotion('en', { ...still, ...turning, accelerationX: null })).toBeNull();
});

it('says the rest as each language writes it', () => {
  expect(formatBattery('en', 0.844)).toBe('84%');
  expect(formatSpeed('en', 2)).toBe('7.2 km/h');
  expect(formatSeconds('en', 900)).toBe('0.9s');
  expect(formatTimer('en', 67_000)).toBe('1:07');
  expect(formatBytes('de', 2_500_000)).toBe('2,5 MB');
});
