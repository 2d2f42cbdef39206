import { describe, expect, it } from 'vitest';
import type { Custody } from '../../../src/common/model/custody';
import type { SeqRange } from '../../../src/common/model/delivery';
import {
  custodySentence,
  nameRanges,
  refusedWords,
  waitingOf,
} from '../../../src/renderer/control-room/features/custody/custody-sentence';
import { formatClock } from '../../../src/renderer/control-room/format/clock';
import { formatDelay } from '../../../src/renderer/control-room/format/time';
import { personCustody } from './person-custody';

const hole = (...ranges: readonly SeqRange[]) => ({ holes: [{ boot: 'b', ranges }] });

describe('custodySentence', () => {
  it.each<[Partial<Custody>, number | null, string, string]>([
    [{}, null, 'whole', 'Nothing has come in yet.'],
    [{ stored: 12_034 }, null, 'whole', 'All 12,034 frames that came in are stored.'],
    [{ stored: 12_034, captured: 12_034 }, 0, 'whole', 'All 12,034 frames that the phone captured are stored.'],
    [{ stored: 1, captured: 1 }, 0, 'whole', 'The one frame that the phone captured is stored.'],
    // A reply is stored and is no frame the phone captured.
    [{ stored: 13, captured: 12 }, 0, 'whole', 'All 12 frames that the phone captured are stored.'],
    [{ stored: 90, captured: 102 }, 12, 'waiting', '12 still on the phone.'],
    [{ stored: 100, captured: 102 }, 12, 'waiting', '2 still on the phone.'],
    // Captured counts earlier sessions too: nothing is said of them.
    [{ stored: 5, captured: 5_000 }, 0, 'whole', 'All 5 frames that came in are stored.'],
    [{ missing: 3, stored: 40, ...hole([17, 19]) }, 0, 'lost', '3 missing: 17 to 19.'],
    [
      { missing: 3, stored: 40, ...hole([17, 18], [30, 30]) },
      2,
      'lost',
      '3 missing: 17 to 18, 30. 2 still on the phone.',
    ],
    [{ stored: 40, dropped: 4, refused: { too_large: 2 } }, null, 'lost', '4 given up by the phone. 2 refused.'],
  ])('of %j with %s queued: %s, %s', (given, queued, tone, text) => {
    expect(custodySentence(personCustody(given), queued)).toEqual({ tone, text });
  });
});

it.each<[Partial<Custody>, number | null, number]>([
  [{ captured: 100, stored: 100 }, null, 0],
  [{ captured: null, stored: 100 }, 7, 7],
  [{ captured: 100, stored: 80, dropped: 3, refused: { invalid_frame: 2 } }, 20, 15],
  [{ captured: 100, stored: 120 }, 20, 0],
])('%j with %s queued: %i wait', (given, queued, waiting) => {
  expect(waitingOf(personCustody(given), queued)).toBe(waiting);
});

it.each<[readonly SeqRange[], string]>([
  [[[17, 19]], '17 to 19'],
  [
    [
      [1, 1],
      [4, 5],
      [9, 9],
    ],
    '1, 4 to 5 and 1 more range',
  ],
  [
    [
      [1, 1],
      [4, 5],
      [9, 9],
      [11, 12],
    ],
    '1, 4 to 5 and 2 more ranges',
  ],
])('names %j as %s', (ranges, words) => {
  expect(nameRanges(ranges, 2)).toBe(words);
});

it('says why frames were refused, in words where it has them', () => {
  expect(refusedWords({ refused: {} })).toBe('0');
  expect(refusedWords({ refused: { too_large: 2 } })).toBe('2 too large');
  expect(refusedWords({ refused: { too_large: 2, invalid_frame: 0, from_the_future: 1 } })).toBe(
    '3: 2 too large, 1 from_the_future',
  );
});

it.each([
  [null, '–'],
  [{ offsetMs: 3, uncertaintyMs: 4.4 }, 'in step, ± 4 ms'],
  [{ offsetMs: 0, uncertaintyMs: 0.2 }, 'in step, ± 1 ms'],
  [{ offsetMs: 2_345, uncertaintyMs: 12 }, '2.3 s ahead, ± 12 ms'],
  [{ offsetMs: -180_000, uncertaintyMs: 40 }, '3 min behind, ± 40 ms'],
])('says the clock %j as %s', (clock, words) => {
  expect(formatClock(clock)).toBe(words);
});

it.each([
  [40.4, '40 ms'],
  [-12, '-12 ms'],
  [2_100, '2.1 s'],
  [185_000, '3 min'],
  [7_200_000, '2 h'],
])('a delay of %d ms is %s', (ms, words) => {
  expect(formatDelay(ms)).toBe(words);
});
