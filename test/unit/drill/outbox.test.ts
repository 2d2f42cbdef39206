import { expect, test } from 'vitest';
import { Outbox } from '../../../src/main/drill/outbox';

const filled = (photos: readonly boolean[]): Outbox => {
  const outbox = new Outbox();
  for (const [index, isPhoto] of photos.entries()) outbox.add({ id: index }, isPhoto ? `p${index}` : null);
  return outbox;
};

const seqsOf = (frames: readonly { readonly seq: number }[]): readonly number[] => frames.map(({ seq }) => seq);

test('plain frames go together up to the limit, a photo goes alone', () => {
  const outbox = filled([false, false, true, false, false, false]);
  expect(seqsOf(outbox.take(10))).toEqual([1, 2]);
  expect(seqsOf(outbox.take(10))).toEqual([3]);
  expect(seqsOf(outbox.take(2))).toEqual([4, 5]);
  expect(seqsOf(outbox.take(2))).toEqual([6]);
  expect(outbox.unsent).toBe(0);
  expect(outbox.size).toBe(6);
});

test('what an ack settles is gone, each once; a new connection sends the rest again in order', () => {
  const outbox = filled([false, false, false, false, false]);
  outbox.take(4);
  expect(
    seqsOf(
      outbox.settle([
        [1, 1],
        [3, 3],
      ]),
    ),
  ).toEqual([1, 3]);
  expect(outbox.settle([[1, 3]]).map(({ seq }) => seq)).toEqual([2]);
  outbox.rewind();
  expect(seqsOf(outbox.take(10))).toEqual([4, 5]);
  expect(outbox.size).toBe(2);
});

test('what was put off goes before what is new', () => {
  const outbox = filled([false, false, false]);
  outbox.take(2);
  outbox.putBack([1, 2]);
  expect(seqsOf(outbox.take(10))).toEqual([1, 2, 3]);
});

test('what was sent too long ago without an answer is given up, what waits for its turn is not', () => {
  const outbox = filled([false, false, false]);
  const [first, second] = outbox.take(2);
  if (first && second) [first.sentAtMs, second.sentAtMs] = [100, 200];
  expect(outbox.giveUp(150)).toBe(1);
  expect(outbox.size).toBe(2);
  outbox.rewind();
  expect(outbox.giveUp(1000)).toBe(0);
  expect(seqsOf(outbox.take(10))).toEqual([2, 3]);
});
