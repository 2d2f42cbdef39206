import 'fake-indexeddb/auto';
import { forceCloseDatabase } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { QueueConnection } from '../../../../src/renderer/phone/queue/connection';
import { deleteQueueDatabase, type QueueDatabase } from '../../../../src/renderer/phone/queue/database';
import { FrameQueue } from '../../../../src/renderer/phone/queue/frame-queue';

const NAME = 'connection-under-test';
let queue: FrameQueue;
const opening = vi.spyOn(IDBFactory.prototype, 'open');
/** All that were opened, as the browser has them. */
const opened = (): IDBDatabase[] => opening.mock.results.map(({ value }) => (value as IDBOpenDBRequest).result);

beforeEach(async () => {
  opening.mockClear();
  queue = await FrameQueue.open({ name: 'a', openedAtMs: 1 }, NAME);
  await queue.meet('h');
});

afterEach(async () => {
  queue.close();
  await deleteQueueDatabase(NAME);
});

it('is opened again after the browser ended it in the background', async () => {
  expect(await queue.capture({ n: 1 }, 1)).toBe(1);
  const [first] = opened();
  if (first) forceCloseDatabase(first as never);
  expect(await queue.capture({ n: 2 }, 2)).toBe(2);
  expect(opened()).toHaveLength(2);
  expect((await queue.takeOldest('plain', { frames: 9, bytes: 99 }, Number.POSITIVE_INFINITY))?.frames).toHaveLength(2);
});

it.each(['InvalidStateError', 'UnknownError'])(
  'is opened again, and it is tried once more, after an %s',
  async (name) => {
    const lose = (): never => {
      throw new DOMException('Connection to Indexed Database server lost', name);
    };
    Object.assign(opened()[0] ?? {}, { transaction: lose });
    expect(await queue.capture({ n: 1 }, 1)).toBe(1);
    expect(queue.counts).toMatchObject({ captured: 1, waiting: 1 });
    // Once: what fails again fails.
    const connection = new QueueConnection(NAME);
    let tries = 0;
    await expect(
      connection.use(() => {
        tries += 1;
        return lose();
      }),
    ).rejects.toThrow('lost');
    expect(tries).toBe(2);
    connection.close();
  },
);

it('counts a frame once that was committed before the connection was lost', async () => {
  let isLost = false;
  const connection = new QueueConnection(NAME);
  const add = async (database: QueueDatabase): Promise<number> => {
    await database.put('tally', { captured: 7, delivered: 0, refused: 0, dropped: 0, bytes: 0, media: 0 }, 'all');
    if (isLost) return 2;
    isLost = true;
    throw new DOMException('lost after the commit', 'UnknownError');
  };
  expect(await connection.use(add)).toBe(2);
  connection.close();
  // The same of the queue itself: the row is there, and it was counted.
  expect(await queue.capture({ n: 1 }, 1)).toBe(1);
  const later = await FrameQueue.open({ name: 'a', openedAtMs: 1 }, NAME);
  expect(await later.capture({ n: 1 }, 1)).toBe(1);
  expect(later.counts.captured).toBe(8);
  later.close();
});

it('stays closed once it was closed here, and any other fault is told at once', async () => {
  const connection = new QueueConnection(NAME);
  let tries = 0;
  const fail = (): never => {
    tries += 1;
    throw new DOMException('full', 'QuotaExceededError');
  };
  await expect(connection.use(fail)).rejects.toThrow('full');
  expect(tries).toBe(1);
  connection.close();
  await expect(connection.use((database) => database.count('frames'))).rejects.toThrow();
});
