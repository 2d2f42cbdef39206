import { expect, it } from 'vitest';
import type { LinkState } from '../../../../src/renderer/phone/link/link-state';
import {
  formatAccuracy,
  formatAge,
  formatDegrees,
  formatMotion,
  formatOrientation,
} from '../../../../src/renderer/phone/views/format';
import { toLinkWords } from '../../../../src/renderer/phone/views/link-words';

it.each<[LinkState, string, string, string | null]>([
  [{ kind: 'off' }, 'off', 'Nothing to send', null],
  [{ kind: 'connecting', attempt: 0 }, 'connecting', 'Connecting', null],
  [{ kind: 'connected' }, 'connected', 'Connected', null],
  [{ kind: 'waiting', attempt: 1, retryAtMs: 5_400 }, 'reconnecting', 'Reconnecting', 'retry in 5 s'],
  [{ kind: 'connecting', attempt: 2 }, 'reconnecting', 'Reconnecting', 'trying now'],
  [{ kind: 'waiting', attempt: 3, retryAtMs: 900 }, 'gone', 'Hub gone, keeps recording', 'retry in 0 s'],
])('says %j as %s: %s, %s', (link, state, label, detail) => {
  expect(toLinkWords(link, true, 1_000)).toEqual({ state, label, detail });
});

it('does not promise to record after Stop', () => {
  const link: LinkState = { kind: 'waiting', attempt: 9, retryAtMs: 0 };
  expect(toLinkWords(link, false, 0).label).toBe('Hub gone, frames are kept');
});

it.each(['replaced', 'kicked', 'unauthorized'] as const)('explains %s in a sentence', (reason) => {
  const words = toLinkWords({ kind: 'closed', reason }, true, 0);
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
  expect(formatAge(ageMs)).toBe(text);
});

it.each([
  [null, '± ?'],
  [3.46, '±3.5 m'],
  [6, '±6 m'],
  [1_414.2, '±1414 m'],
])('says an accuracy of %s as %s', (metres, text) => {
  expect(formatAccuracy(metres)).toBe(text);
});

it.each([
  [{ alpha: 0, beta: 1, gamma: 2, absolute: true }, '0° N'],
  [{ alpha: 0.2, beta: 1, gamma: 2, absolute: true }, '0° N'],
  [{ alpha: 270, beta: 1, gamma: 2, absolute: true }, '90° E'],
  [{ alpha: 20, beta: 1, gamma: 2, absolute: true }, '340° N'],
  [{ alpha: 270, beta: -12.4, gamma: 2, absolute: false }, 'tilt −12°'],
  [{ alpha: 270, beta: null, gamma: null, absolute: false }, 'on'],
])('says the orientation %j as %s', (orientation, text) => {
  expect(formatOrientation(orientation)).toBe(text);
});

it('says degrees and motion with fixed decimals', () => {
  expect(formatDegrees(-122.3315)).toBe('−122.33150');
  const still = { accelerationX: 0, accelerationY: 0, accelerationZ: 9.81 };
  const turning = { rotationAlpha: null, rotationBeta: null, rotationGamma: null };
  expect(formatMotion({ ...still, ...turning })).toBe('9.8 m/s²');
  expect(formatMotion({ ...still, ...turning, accelerationX: null })).toBe('on');
});
