import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { BatchLimit, QueuedBatch } from '../../../../src/renderer/phone/queue/batches';
import { deleteQueueDatabase, openQueueDatabase } from '../../../../src/renderer/phone/queue/database';
import { FrameQueue } from '../../../../src/renderer/phone/queue/frame-queue';

const NAME = 'queue-under-test';
const LIMIT = { frames: 200, bytes: 1024 * 1024 };
async function open(name: string, openedAtMs: number): Promise<FrameQueue> {
  const queue = await FrameQueue.open({ name, openedAtMs }, NAME);
  await queue.meet('h');
  return queue;
}

/** The oldest, as backfill takes them; at once free to be taken again. */
async function next(queue: FrameQueue, limit: BatchLimit): Promise<QueuedBatch | null> {
  const batch = await queue.takeOldest('plain', limit, Number.POSITIVE_INFINITY);
  const seqs = batch?.frames.map(({ seq }) => seq) ?? [];
  if (batch) queue.release(batch.boot, seqs);
  return batch;
}

afterEach(() => deleteQueueDatabase(NAME));

async function countRows(): Promise<number> {
  const database = await openQueueDatabase(NAME);
  const count = await database.count('frames');
  database.close();
  return count;
}

describe('a batch', () => {
  it('holds at most the frames of the limit, oldest first', async () => {
    const queue = await open('a', 1);
    for (let n = 1; n <= 7; n++) await queue.capture({ n }, 100 + n);
    const batch = await next(queue, { frames: 3, bytes: 1024 });
    expect(batch?.frames).toEqual([1, 2, 3].map((seq) => ({ seq, body: `{"n":${seq}}` })));
    expect(batch?.newestCapturedAtMs).toBe(103);
    queue.close();
  });

  it('stops before the bytes of the limit, but takes one frame of any size', async () => {
    const queue = await open('a', 1);
    const text = 'é'.repeat(40);
    for (let n = 1; n <= 3; n++) await queue.capture({ text }, n);
    const sizeBytes = Buffer.byteLength(JSON.stringify({ text }));
    expect((await next(queue, { frames: 200, bytes: 2 * sizeBytes }))?.frames).toHaveLength(2);
    expect((await next(queue, { frames: 200, bytes: 2 * sizeBytes - 1 }))?.frames).toHaveLength(1);
    expect((await next(queue, { frames: 200, bytes: 1 }))?.frames).toHaveLength(1);
    queue.close();
  });

  it('is of one boot, the older boot first', async () => {
    const first = await open('z-older', 1);
    await first.capture({ n: 1 }, 1);
    await first.capture({ n: 2 }, 2);
    first.close();
    const second = await open('a-newer', 2);
    await second.capture({ n: 3 }, 3);
    const batch = await next(second, LIMIT);
    expect(batch?.boot).toEqual({ name: 'z-older', openedAtMs: 1 });
    expect(batch?.frames).toHaveLength(2);
    if (batch) await second.settle(batch.boot, [[1, 2]], []);
    expect((await next(second, LIMIT))?.boot.name).toBe('a-newer');
    second.close();
  });

  it('is null when nothing waits', async () => {
    const queue = await open('a', 1);
    expect(await next(queue, LIMIT)).toBeNull();
    queue.close();
  });
});

describe('settling', () => {
  it('counts a frame once however often its ack comes', async () => {
    const queue = await open('a', 1);
    for (let n = 1; n <= 3; n++) await queue.capture({ n }, n);
    expect(await queue.settle(queue.boot, [[1, 2]], [])).toBe(2);
    expect(await queue.settle(queue.boot, [[1, 2]], [])).toBe(0);
    expect(queue.counts).toMatchObject({ captured: 3, delivered: 2, refused: 0, waiting: 1 });
    queue.close();
  });

  it.each([
    ['named among the settled', [[1, 3]]],
    ['not named among the settled', [[1, 2]]],
  ] as const)('counts a refused frame apart, %s', async (_case, settled) => {
    const queue = await open('a', 1);
    for (let n = 1; n <= 3; n++) await queue.capture({ n }, n);
    await queue.settle(queue.boot, settled, [3]);
    expect(queue.counts).toMatchObject({ captured: 3, delivered: 2, refused: 1, waiting: 0, bytes: 0 });
    queue.close();
  });

  it('leaves the other boots alone, and ranges that are none', async () => {
    const queue = await open('a', 1);
    await queue.capture({ n: 1 }, 1);
    await queue.settle({ name: 'b', openedAtMs: 1 }, [[1, 9]], [1]);
    await queue.settle(queue.boot, [[9, 1]], []);
    expect(queue.counts.waiting).toBe(1);
    queue.close();
  });
});

describe('capturing', () => {
  it('counts from 1 without holes when captures overlap', async () => {
    const queue = await open('a', 1);
    const seqs = await Promise.all(Array.from({ length: 20 }, (_, n) => queue.capture({ n }, n)));
    expect(seqs).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    queue.close();
  });

  it('rejects and counts nothing when the browser keeps no more', async () => {
    const queue = await open('a', 1);
    await queue.capture({ n: 1 }, 1);
    queue.close();
    await expect(queue.capture({ n: 2 }, 2)).rejects.toThrow();
    expect(queue.counts.captured).toBe(1);
  });
});

type Step =
  | { readonly kind: 'capture' }
  | { readonly kind: 'ack'; readonly frames: number; readonly refuseEvery: number }
  | { readonly kind: 'ackAgain' }
  | { readonly kind: 'reload' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Step>({ kind: 'capture' }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('ack' as const),
      frames: fc.integer({ min: 1, max: 6 }),
      refuseEvery: fc.integer({ min: 1, max: 5 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'ackAgain' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'reload' }) },
);

/** Plays the steps against a real queue and a ledger of what the hub settled. */
async function play(steps: readonly Step[]): Promise<void> {
  let boots = 1;
  let queue = await open('boot-1', 1);
  const settled = new Set<string>();
  let lastAck: () => Promise<unknown> = () => Promise.resolve();
  let captured = 0;

  const ack = async (batch: QueuedBatch, refuseEvery: number): Promise<void> => {
    for (const { seq } of batch.frames) expect(settled).not.toContain(`${batch.boot.name}:${seq}`);
    const seqs = batch.frames.map(({ seq }) => seq);
    const [from] = seqs;
    const to = seqs.at(-1);
    if (from === undefined || to === undefined) throw new Error('an empty batch');
    const refused = seqs.filter((seq) => seq % (refuseEvery + 1) === 0);
    lastAck = () => queue.settle(batch.boot, [[from, to]], refused);
    await lastAck();
    for (const seq of seqs) settled.add(`${batch.boot.name}:${seq}`);
  };

  for (const each of steps) {
    if (each.kind === 'capture') {
      await queue.capture({ n: captured }, captured);
      captured += 1;
    } else if (each.kind === 'ack') {
      const batch = await next(queue, { frames: each.frames, bytes: 1024 });
      if (batch) await ack(batch, each.refuseEvery);
    } else if (each.kind === 'ackAgain') {
      await lastAck();
    } else {
      queue.close();
      boots += 1;
      queue = await open(`boot-${boots}`, boots);
    }
    const { counts } = queue;
    expect(counts.captured).toBe(captured);
    expect(counts.captured).toBe(counts.delivered + counts.refused + counts.waiting);
    expect(counts.delivered + counts.refused).toBe(settled.size);
    expect(await countRows()).toBe(counts.waiting);
  }
  queue.close();
}

it('keeps captured = delivered + refused + waiting and never offers a settled frame again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), play).afterEach(() => deleteQueueDatabase(NAME)),
    { numRuns: 60 },
  );
});
