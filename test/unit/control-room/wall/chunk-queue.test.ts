import { describe, expect, it, vi } from 'vitest';
import { RpcError } from '../../../../src/common/rpc/client';
import { ChunkQueue } from '../../../../src/renderer/control-room/features/wall/recording/chunk-queue';
import { judgeEnd } from '../../../../src/renderer/control-room/features/wall/recording/ended-words';

const MIB = 1024 * 1024;
const chunk = (bytes: number, fill = 7): Blob => new Blob([new Uint8Array(bytes).fill(fill)]);

function open(append: (index: number, piece: string) => Promise<number>) {
  const failed = vi.fn<(error: unknown) => void>();
  let nowMs = 0;
  const queue = new ChunkQueue({ append, grew: () => undefined, failed, now: () => nowMs });
  const pass = (ms: number): void => {
    nowMs += ms;
  };
  return { queue, failed, pass };
}

describe('what is recorded, on its way to the disk', () => {
  it('goes one piece after the other, in its order, none larger than the hub takes', async () => {
    const pieces: [number, number][] = [];
    let isBusy = false;
    const { queue, failed } = open(async (index, piece) => {
      expect(isBusy).toBe(false);
      isBusy = true;
      await new Promise((resolve) => setImmediate(resolve));
      isBusy = false;
      return pieces.push([index, piece.length]);
    });
    queue.push(chunk(2 * MIB));
    queue.push(chunk(0));
    queue.push(chunk(10));
    await queue.drained();
    expect(pieces.map(([index]) => index)).toEqual([0, 1, 2, 3, 4]);
    for (const [, length] of pieces) expect(length).toBeLessThanOrEqual(920_000);
    expect(pieces.at(-1)?.[1]).toBe(16);
    expect(failed).not.toHaveBeenCalled();
  });

  it('is bounded: what a hub that takes nothing would make this page hold is let go', () => {
    const { queue, failed } = open(() => new Promise(() => undefined));
    for (let count = 0; count < 64; count += 1) queue.push(chunk(MIB));
    expect(failed).not.toHaveBeenCalled();
    queue.push(chunk(MIB));
    expect(failed).toHaveBeenCalledOnce();
    queue.push(chunk(MIB));
    expect(failed).toHaveBeenCalledOnce();
  });

  it('that waits for more than 10 s will not be caught up with', () => {
    const { queue, failed, pass } = open(() => new Promise(() => undefined));
    queue.push(chunk(10));
    pass(10_001);
    queue.push(chunk(10));
    expect(failed).toHaveBeenCalledWith(expect.objectContaining({ name: 'TooSlowError' }));
  });

  it('ends with the first piece that is refused', async () => {
    const append = vi.fn(() => Promise.reject(new Error('the disk is full')));
    const { queue, failed } = open(append);
    queue.push(chunk(10));
    queue.push(chunk(10));
    await queue.drained();
    expect(append).toHaveBeenCalledOnce();
    expect(failed).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ message: 'the disk is full' }));
  });
});

it.each([
  ['its session ended', new RpcError('not_found', 'This recording has ended.'), true, 'again'],
  ['the hub went away', new RpcError('disconnected', 'gone'), true, 'again'],
  ['its own of before is not closed yet', new RpcError('conflict', 'recorded already'), true, 'again'],
  ['another control room records it', new RpcError('conflict', 'recorded already'), false, 'tell'],
  ['the disk is full', new RpcError('storage_unavailable', 'full'), true, 'tell'],
  ['what it recorded ended', null, true, 'again'],
  ['the encoder failed', new Error('no encoder'), true, 'tell'],
] as const)('when %s', (_name, error, hasRun, how) => {
  expect(judgeEnd(error, hasRun)).toBe(how);
});
