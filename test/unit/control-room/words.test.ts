import { describe, expect, it } from 'vitest';
import type { ExportProgress } from '../../../src/common/contract/schemas';
import { COLOUR_COUNT } from '../../../src/common/model/live-device';
import { countObjects } from '../../../src/renderer/control-room/features/detail/count-objects';
import { weatherWord } from '../../../src/renderer/control-room/features/detail/weather-word';
import { withoutKey } from '../../../src/renderer/control-room/features/pairing/join-link-text';
import { exportSentence } from '../../../src/renderer/control-room/features/sessions/export-sentence';
import { initialsOf, personColour } from '../../../src/renderer/control-room/theme/person-colour';

describe('exportSentence', () => {
  const progress = (given: Partial<ExportProgress>): ExportProgress => ({
    exportId: 'e',
    state: 'running',
    frames: 1_500,
    totalFrames: 30_000,
    bytes: 2_000_000,
    path: null,
    message: null,
    ...given,
  });
  it.each<[Partial<ExportProgress>, string]>([
    [{}, 'Exporting “Day 1”: 1500 of 30,000 frames, 2.0 MB'],
    [{ state: 'done' }, 'Exported “Day 1”: 1500 frames, 2.0 MB, in your downloads'],
    [{ state: 'done', path: '/home/ann/day1.csv' }, 'Exported “Day 1”: 1500 frames, 2.0 MB, to /home/ann/day1.csv'],
    [{ state: 'cancelled' }, 'Export of “Day 1” cancelled'],
    [{ state: 'failed', message: 'The disk is full.' }, 'Export of “Day 1” failed. The disk is full.'],
  ])('%j', (given, sentence) => {
    expect(exportSentence({ exportId: 'e', sessionId: 's', title: 'Day 1', progress: progress(given) })).toBe(sentence);
  });
});

describe('initialsOf', () => {
  it.each([
    ['Ann Lindqvist', 'AL'],
    ['Phone 3', 'P3'],
    ['Phone 482', '482'],
    ['Team 12 North', '12'],
    ['björn', 'BJ'],
    ['ann (2)', 'A2'],
    ['🦜', '?'],
    ['𝒜𝒷', '𝒜𝒷'],
  ])('%s is %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe('personColour', () => {
  it('has one for each index the hub gives, and no other', () => {
    expect(new Set(Array.from({ length: COLOUR_COUNT }, (_, index) => personColour(index))).size).toBe(COLOUR_COUNT);
    expect(() => personColour(COLOUR_COUNT)).toThrow(RangeError);
  });
});

describe('the rest', () => {
  it('counts detected objects by kind with the best score', () => {
    expect(
      countObjects([
        { class: 'person', score: 0.7 },
        { class: 'dog', score: null },
        { class: 'person', score: 0.9 },
      ]),
    ).toEqual([
      { kind: 'person', count: 2, bestScore: 0.9 },
      { kind: 'dog', count: 1, bestScore: null },
    ]);
  });
  it.each([
    [0, 'Clear'],
    [61, 'Rain'],
    [99, 'Thunderstorm'],
    [-3, 'Code -3'],
  ])('weather code %i is %s', (code, word) => {
    expect(weatherWord(code)).toBe(word);
  });
  it('shows a join link without its key', () => {
    expect(withoutKey('http://192.168.1.20:8080/join#k=SECRET')).toBe('http://192.168.1.20:8080/join');
  });
});
