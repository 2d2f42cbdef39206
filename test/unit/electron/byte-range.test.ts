import { expect, test } from 'vitest';
import { byteRange } from '../../../src/main/electron/byte-range';

test.each<[string | null, ReturnType<typeof byteRange>]>([
  [null, null],
  ['bytes=0-', { from: 0, to: 99 }],
  ['bytes=10-19', { from: 10, to: 19 }],
  ['bytes=90-500', { from: 90, to: 99 }],
  ['bytes=-5', { from: 95, to: 99 }],
  ['bytes=-500', { from: 0, to: 99 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=9-5', null],
  ['bytes=0-1,5-6', null],
  ['lines=0-1', null],
  ['bytes=-', null],
])('%s of 100 bytes', (header, range) => expect(byteRange(header, 100)).toEqual(range));
