import { expect, it } from 'vitest';
import type { Custody } from '../../../src/common/model/custody';
import {
  certificateFileName,
  certificateSentence,
  formatUtc,
} from '../../../src/renderer/control-room/features/custody/certificate-words';
import { deliveryWords } from '../../../src/renderer/control-room/features/operator/ask-person';
import { type PersonWord, useWordStore } from '../../../src/renderer/control-room/stores/word-store';
import { personCustody } from './person-custody';

it.each<[readonly Partial<Custody>[], string]>([
  [[], '0 people, 0 frames stored. Nothing is missing.'],
  [[{ stored: 12_034 }], '1 person, 12,034 frames stored. Nothing is missing.'],
  [
    [
      { stored: 5, missing: 3 },
      { stored: 6, dropped: 1, refused: { too_large: 2 } },
    ],
    '2 people, 11 frames stored. 3 missing, 1 given up by phones, 2 refused.',
  ],
])('%j: %s', (devices, sentence) => {
  expect(certificateSentence(devices.map((given) => personCustody(given)))).toBe(sentence);
});

it.each([
  ['North ridge, day 2', 'certificate-North-ridge-day-2-2026-11-21.json'],
  ['', 'certificate-unnamed-2026-11-21.json'],
  ['../../etc: "x"', 'certificate-etc-x-2026-11-21.json'],
  ['Überlandübung', 'certificate-Überlandübung-2026-11-21.json'],
])('a file of %j is %s', (name, fileName) => {
  expect(certificateFileName({ name, startedAtMs: Date.UTC(2026, 10, 21, 23, 59) }, 'json')).toBe(fileName);
});

it('says times in UTC', () => {
  expect(formatUtc(Date.UTC(2026, 10, 21, 20, 5, 35))).toBe('2026-11-21 20:05:35 UTC');
});

it.each([
  [0, 0, 'Nobody is connected: nobody got it.'],
  [1, 0, 'On 1 phone.'],
  [12, 1, 'On 12 phones. 1 phone gets it when the Perch page is open there.'],
  [0, 3, '3 phones get it when the Perch page is open there.'],
])('%i delivered, %i waiting: %s', (delivered, waiting, words) => {
  expect(deliveryWords(delivered, waiting)).toBe(words);
});

it('keeps the last twenty words of each person, newest first', () => {
  const word = (deviceId: string, atMs: number): PersonWord => ({
    deviceId,
    kind: 'message',
    to: null,
    text: 'x',
    atMs,
  });
  for (let atMs = 1; atMs <= 25; atMs++) useWordStore.getState().hear(word('a', atMs));
  useWordStore.getState().hear(word('b', 1));
  const { words } = useWordStore.getState();
  expect(words.get('a')?.map(({ atMs }) => atMs)).toEqual(Array.from({ length: 20 }, (_, n) => 25 - n));
  expect(words.get('b')).toHaveLength(1);
});
