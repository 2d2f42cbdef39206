import { expect, test } from 'vitest';
import { appended } from '../../../src/common/model/delivery';
import { counted, device, newFolder, openFilled } from './store-fixture';

const OF = { deviceId: 'd1', boot: 'b1' };
const frames = (...seqs: number[]) => seqs.map((seq) => counted(seq));

test('a batch is answered in its order, repeats among it', async () => {
  const store = await openFilled(await newFolder());
  const first = await store.appendBatch(frames(1, 2), [], OF);
  expect(first).toEqual({
    outcomes: [
      { kind: 'stored', frameId: 1 },
      { kind: 'stored', frameId: 2 },
    ],
    upTo: 2,
  });
  const second = await store.appendBatch(frames(2, 3, 3), [], OF);
  expect(second).toEqual({
    outcomes: [{ kind: 'duplicate' }, { kind: 'stored', frameId: expect.any(Number) }, { kind: 'duplicate' }],
    upTo: 3,
  });
});

interface Step {
  readonly stored: readonly number[];
  readonly refused: readonly number[];
  readonly upTo: number;
}

const step = (stored: readonly number[], refused: readonly number[], upTo: number): Step => ({ stored, refused, upTo });

const COURSES: readonly (readonly [name: string, steps: readonly Step[]])[] = [
  ['in order', [step([1, 2, 3], [], 3), step([4], [], 4)]],
  ['a hole that is filled later', [step([1, 2], [], 2), step([5, 6], [], 2), step([4], [], 2), step([3], [], 6)]],
  ['it begins with a hole', [step([5], [], 0), step([1, 2, 3, 4], [], 5)]],
  ['backwards', [step([3], [], 0), step([2], [], 0), step([1], [], 3)]],
  ['refused ones count as settled', [step([1, 3], [2], 3), step([6], [4, 5], 6)]],
  ['refused ahead of the hole', [step([1], [3, 4], 1), step([2], [], 4)]],
  ['only refused', [step([], [1, 2, 3], 3), step([], [4], 4)]],
  ['the same refused twice, and inside a wider range', [step([], [2], 0), step([], [1, 2, 3], 3), step([], [2], 3)]],
  ['refused, then stored after all', [step([1], [2], 2), step([2, 3], [], 3)]],
];

test.each(COURSES)('upTo, %s', async (_, steps) => {
  const store = await openFilled(await newFolder());
  for (const { stored, refused, upTo } of steps) {
    expect((await store.appendBatch(frames(...stored), refused, OF)).upTo).toBe(upTo);
  }
});

test.each(COURSES)('upTo with a restart before every batch, %s', async (_, steps) => {
  const dataDir = await newFolder();
  for (const { stored, refused, upTo } of steps) {
    const store = await openFilled(dataDir);
    expect((await store.appendBatch(frames(...stored), refused, OF)).upTo).toBe(upTo);
    expect(await store.settledUpTo('d1', 'b1')).toBe(upTo);
    await store.close();
  }
});

test('upTo counts single frames too, and far past what is written down between restarts', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  await Promise.all(Array.from({ length: 1000 }, (_, index) => appended(store, counted(index + 1))));
  expect(await store.settledUpTo('d1', 'b1')).toBe(1000);
  await store.close();
  const again = await openFilled(dataDir);
  expect((await again.appendBatch(frames(1001), [], OF)).upTo).toBe(1001);
});

test('each boot and each device counts for itself; an unknown one is at 0', async () => {
  const store = await openFilled(await newFolder());
  await store.saveDevice(device('d2'));
  await store.appendBatch(frames(1, 2), [], OF);
  const other = await store.appendBatch([counted(1, { boot: 'b2' })], [], { deviceId: 'd1', boot: 'b2' });
  expect(other.upTo).toBe(1);
  expect(await store.settledUpTo('d1', 'b1')).toBe(2);
  expect(await store.settledUpTo('d2', 'b1')).toBe(0);
  expect(await store.settledUpTo('d1', 'b3')).toBe(0);
  expect(await store.settledUpTo('nobody', 'b1')).toBe(0);
});

test('batches of one turn are answered each with its own count', async () => {
  const store = await openFilled(await newFolder());
  const [first, second] = await Promise.all([
    store.appendBatch(frames(1, 2), [], OF),
    store.appendBatch([counted(1, { boot: 'b2' })], [2], { deviceId: 'd1', boot: 'b2' }),
  ]);
  expect([first.upTo, second.upTo]).toEqual([2, 2]);
});
