import { beforeEach, expect, test } from 'vitest';
import { Replacements } from '../../../src/main/ingest/replacements';

let nowMs: number;
let replacements: Replacements;
let ended: string[];
beforeEach(() => {
  nowMs = 0;
  ended = [];
  replacements = new Replacements({ now: () => nowMs });
});

const ADMISSION = { deviceId: 'd1', name: 'ann', clientId: 'x', flags: [], isExclusive: true };
const socket = (name: string, more: { address?: string; userAgent?: string } = {}) => ({
  address: '192.168.1.20',
  userAgent: 'Browser 1',
  heardAtMs: nowMs,
  ...more,
  end: (code: number) => {
    ended.push(`${name} ${code}`);
    return Promise.resolve();
  },
});

test('a newer socket takes the place of the one before; of a device known by name both stay', () => {
  replacements.take(socket('a'), ADMISSION);
  replacements.take(socket('b'), ADMISSION);
  expect(ended).toEqual(['a 4001']);
  replacements.take(socket('c'), { ...ADMISSION, isExclusive: false });
  expect(ended).toEqual(['a 4001']);
});

test('the third replacement in a minute is refused, news once, and so is who comes in the minute after', () => {
  for (const name of ['a', 'b', 'c']) expect(replacements.take(socket(name), ADMISSION).waitMs).toBe(0);
  expect(replacements.take(socket('d'), ADMISSION)).toEqual({ waitMs: 60_000, isNews: true });
  nowMs += 20_000;
  expect(replacements.take(socket('e'), ADMISSION)).toEqual({ waitMs: 40_000, isNews: false });
  nowMs += 40_000;
  expect(replacements.take(socket('f'), ADMISSION).waitMs).toBe(0);
  expect(ended).toEqual(['a 4001', 'b 4001', 'c 4001']);
});

test('a phone on bad radio that leaves dead sockets behind is no second phone', () => {
  for (let at = 0; at < 20; at++) {
    expect(replacements.take(socket(`${at}`), ADMISSION).waitMs).toBe(0);
    // It waited for an ack as long as it does, and dialled anew.
    nowMs += 10_000;
  }
  expect(ended).toHaveLength(19);
});

test.each([
  ['from another address', { address: '192.168.1.66' }],
  ['with another browser', { userAgent: 'Browser 2' }],
])('the same %s is another phone, silent or not', (_, other) => {
  for (const more of [{}, other, {}]) {
    expect(replacements.take(socket('x', more), ADMISSION).waitMs).toBe(0);
    nowMs += 10_000;
  }
  expect(replacements.take(socket('x', other), ADMISSION).isNews).toBe(true);
});

test('who is refused stays so, though the socket it pushed against is silent by now', () => {
  for (const name of ['a', 'b', 'c', 'd']) replacements.take(socket(name), ADMISSION);
  nowMs += 30_000;
  expect(replacements.take(socket('e'), ADMISSION)).toEqual({ waitMs: 30_000, isNews: false });
});

test('who left is not replaced: a phone that reconnects properly may do it all day', () => {
  for (let at = 0; at < 20; at++) {
    const one = socket(`${at}`);
    expect(replacements.take(one, ADMISSION).waitMs).toBe(0);
    replacements.leave(one, 'd1');
  }
  expect(ended).toEqual([]);
});

test('once in half a minute is no fight', () => {
  for (let at = 0; at < 20; at++) {
    expect(replacements.take(socket(`${at}`), ADMISSION).waitMs).toBe(0);
    nowMs += 30_000;
  }
});
