import { expect, test } from 'vitest';
import { JOIN_CODE_ALPHABET, showJoinCode, toJoinCode } from '../../../src/common/wire/join-code';
import { type CodeEvent, JoinCodes } from '../../../src/main/hub/keys/join-codes';
import { createTestClock, type TestClock } from './test-clock';

const MINUTE_MS = 60_000;

function open(): { codes: JoinCodes; clock: TestClock; happened: CodeEvent[] } {
  const clock = createTestClock();
  const codes = new JoinCodes(clock);
  const happened: CodeEvent[] = [];
  codes.happened.listen((what) => happened.push(what));
  return { codes, clock, happened };
}

/** One that can be a code, and is not this one. */
const wrong = (code: string): string => (code.startsWith('A') ? 'C' : 'A') + code.slice(1);

test('a code opens once', () => {
  const { codes, happened } = open();
  const { code } = codes.make();
  expect(codes.redeem(code, 'a')).toBe('right');
  expect(codes.current).toBeNull();
  expect(codes.redeem(code, 'a')).toBe('wrong');
  expect(happened).toEqual(['made', 'used']);
});

test('as people type it', () => {
  for (const type of [
    (code: string) => ` ${code.toLowerCase()} `,
    showJoinCode,
    (code: string) => [...code].join(' '),
  ]) {
    const { codes } = open();
    expect(codes.redeem(type(codes.make().code), 'a')).toBe('right');
  }
});

test('it is good for ten minutes, not a millisecond more', () => {
  for (const [ms, verdict] of [
    [10 * MINUTE_MS - 1, 'right'],
    [10 * MINUTE_MS, 'wrong'],
  ] as const) {
    const { codes, clock } = open();
    const { code, expiresAtMs } = codes.make();
    expect(expiresAtMs).toBe(clock.now() + 10 * MINUTE_MS);
    clock.advance(ms);
    expect(codes.redeem(code, 'a')).toBe(verdict);
  }
});

test('a new code ends the one before', () => {
  const { codes } = open();
  const { code } = codes.make();
  const { code: next } = codes.make();
  expect([codes.redeem(code, 'a'), codes.redeem(next, 'a')]).toEqual(['wrong', 'right']);
});

test('five wrong tries of an address: then not even the right one is looked at there, elsewhere it is', () => {
  const { codes } = open();
  const { code } = codes.make();
  for (let count = 0; count < 5; count += 1) expect(codes.redeem(wrong(code), 'a')).toBe('wrong');
  expect(codes.redeem(code, 'a')).toBe('tooManyHere');
  expect(codes.redeem(code, 'b')).toBe('right');
});

test('twenty wrong tries in all: it dies, and a new one lives', () => {
  const { codes, happened } = open();
  const { code } = codes.make();
  for (let count = 0; count < 19; count += 1) expect(codes.redeem(wrong(code), `a${count % 4}`)).toBe('wrong');
  expect(codes.redeem(wrong(code), 'a9')).toBe('tooManyInAll');
  expect(codes.redeem(code, 'b')).toBe('tooManyInAll');
  expect(happened).toEqual(['made', 'guessed']);
  expect(codes.redeem(codes.make().code, 'b')).toBe('right');
});

test('what is refused for its address does not count against the code', () => {
  const { codes } = open();
  const { code } = codes.make();
  for (let count = 0; count < 100; count += 1) codes.redeem(wrong(code), 'a');
  expect(codes.redeem(code, 'b')).toBe('right');
});

test('without a code everything is wrong', () => {
  const { codes } = open();
  for (const typed of ['', 'AAAAAAAA', 'null', '\u0000']) expect(codes.redeem(typed, 'a')).toBe('wrong');
});

test('codes hold no letter that is taken for another, and use all the others', () => {
  const { codes } = open();
  const letters = new Set<string>();
  for (let count = 0; count < 500; count += 1) for (const letter of codes.make().code) letters.add(letter);
  expect([...letters].sort().join('')).toBe([...JOIN_CODE_ALPHABET].sort().join(''));
  for (const letter of 'O0I1LZ2S5B8U') expect(JOIN_CODE_ALPHABET).not.toContain(letter);
});

test.each(['', 'ACDE346', 'ACDE34677', 'ACDE346O', 'ACDE_3467', 'ÄCDE3467', 'ＡCDE3467'])('%j is no code', (text) => {
  expect(toJoinCode(text)).toBeNull();
});
