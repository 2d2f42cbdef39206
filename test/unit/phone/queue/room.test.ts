import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { readCapBytes } from '../../../../src/renderer/phone/queue/cap';
import { deleteQueueDatabase, type FrameRow } from '../../../../src/renderer/phone/queue/database';
import { FrameQueue } from '../../../../src/renderer/phone/queue/frame-queue';
import { toUnsentFile } from '../../../../src/renderer/phone/queue/unsent-file';

const NAME = 'room-under-test';
const MIB = 1024 * 1024;
afterEach(() => deleteQueueDatabase(NAME));

async function open(capBytes: number): Promise<FrameQueue> {
  const queue = await FrameQueue.open({ name: 'a', openedAtMs: 1 }, NAME, capBytes);
  await queue.meet('h');
  return queue;
}
const pad = 'x'.repeat(60);
const sensors = { orientation: { alpha: 1 }, pad };
const position = { gps: { latitude: 1, longitude: 2 }, pad };
const photo = { photoBase64: 'A'.repeat(2_000) };

async function rows(queue: FrameQueue): Promise<FrameRow[]> {
  const all: FrameRow[] = [];
  await queue.forEach('waiting', (row) => {
    all.push(row);
  });
  return all;
}

async function gaps(queue: FrameQueue): Promise<number[]> {
  const numbers: number[] = [];
  for (let gap = await queue.nextGap(); gap; gap = await queue.nextGap()) {
    for (const [from, to] of gap.ranges) for (let seq = from; seq <= to; seq++) numbers.push(seq);
    await queue.closeGap(gap);
  }
  return numbers.sort((a, b) => a - b);
}

describe('a queue that is full', () => {
  it('thins the oldest frames without a position first, then positions evenly, then gives up the oldest media', async () => {
    const queue = await open(12_000);
    await queue.captureWord({ type: 'sos', active: true }, 0);
    await queue.capture(photo, 1);
    await queue.capture(photo, 2);
    for (let n = 0; n < 20; n++) await queue.capture(sensors, n);
    for (let n = 0; n < 20; n++) await queue.capture(position, n);
    const worths = async () => (await rows(queue)).map(({ worth }) => worth);
    while (queue.counts.dropped === 0) await queue.capture(position, 50);
    // Every other of the oldest without a position, and nothing else.
    const first = await gaps(queue);
    expect(first).toEqual(first.map((_, index) => 4 + 2 * index));
    while ((await worths()).includes(0)) await queue.capture(position, 50);
    expect((await worths()).filter((worth) => worth === 2)).toHaveLength(2);
    const told = await gaps(queue);
    for (let n = 0; n < 6; n++) await queue.capture({ ...photo, n }, 60 + n);
    // Positions go from everywhere, not only the oldest.
    const thinned = await gaps(queue);
    expect(Math.max(...thinned) - Math.min(...thinned)).toBeGreaterThan(40);
    for (let n = 0; n < 12; n++) await queue.capture({ ...photo, n }, 70 + n);
    const kept = await rows(queue);
    expect(kept.filter(({ worth }) => worth === 3)).toHaveLength(1);
    // The oldest photos went, the newest stayed.
    expect(kept.map(({ seq }) => seq)).not.toContain(2);
    expect(kept.at(-1)?.capturedAtMs).toBe(81);
    const { captured, dropped, waiting, bytes } = queue.counts;
    expect(bytes).toBeLessThanOrEqual(12_000);
    expect(waiting).toBe(kept.length);
    expect(captured).toBe(dropped + waiting);
    expect(first.length + told.length + thinned.length + (await gaps(queue)).length).toBe(dropped);
    queue.close();
  });

  it('never gives up words, nor what is on its way', async () => {
    const queue = await open(1_000);
    await queue.capture(position, 1);
    await queue.takeOldest('plain', { frames: 1, bytes: 1 }, Number.POSITIVE_INFINITY);
    for (let n = 0; n < 40; n++) await queue.captureWord({ type: 'message', text: pad }, n);
    expect(queue.counts).toMatchObject({ dropped: 0, waiting: 41 });
    queue.close();
  });

  it('counts and names everything it gave up', async () => {
    const queue = await open(20_000);
    for (let n = 0; n < 600; n++) await queue.capture(n % 3 === 0 ? position : sensors, n);
    const told = await gaps(queue);
    const kept = new Set((await rows(queue)).map(({ seq }) => seq));
    expect(told).toHaveLength(queue.counts.dropped);
    expect(told.filter((seq) => kept.has(seq))).toEqual([]);
    expect(told.length + kept.size).toBe(600);
    queue.close();
  });
});

it.each([
  ['what the browser gives', { quota: 10 * MIB }, 5 * MIB],
  ['never more than 500 MiB', { quota: 1e12 }, 500 * MIB],
  ['a guess where it does not tell', {}, 100 * MIB],
])('the cap is %s', async (_case, estimate, cap) => {
  expect(await readCapBytes({ estimate: () => Promise.resolve(estimate) } as StorageManager)).toBe(cap);
});

it('the cap is a guess where there is no storage manager, or it fails', async () => {
  expect(await readCapBytes({} as StorageManager)).toBe(100 * MIB);
  const failing = { estimate: () => Promise.reject(new Error('no')) } as unknown as StorageManager;
  expect(await readCapBytes(failing)).toBe(100 * MIB);
});

it('brings a queue of version 1 along', async () => {
  const old = await openDB(NAME, 1, {
    upgrade(database) {
      database.createObjectStore('frames', { keyPath: ['openedAtMs', 'boot', 'seq'] });
      database.createObjectStore('tally');
    },
  });
  const bodies = [JSON.stringify(position), JSON.stringify(photo), JSON.stringify(sensors)];
  for (const [index, body] of bodies.entries())
    await old.add('frames', {
      openedAtMs: 0,
      boot: 'o',
      seq: index + 1,
      capturedAtMs: 1,
      body,
      sizeBytes: body.length,
    });
  await old.put('tally', { captured: 5, delivered: 1, refused: 1 }, 'all');
  old.close();
  const queue = await open(MIB);
  const bytes = bodies.reduce((sum, body) => sum + body.length, 0);
  expect(queue.counts).toEqual({
    captured: 5,
    delivered: 1,
    refused: 1,
    dropped: 0,
    waiting: 3,
    held: 0,
    bytes,
    media: 1,
    capturedHere: 5,
  });
  const limit = { frames: 9, bytes: MIB };
  expect((await queue.takeOldest('plain', limit, 0))?.frames.map(({ seq }) => seq)).toEqual([1, 3]);
  expect((await queue.takeOldest('media', limit, 0))?.frames.map(({ seq }) => seq)).toEqual([2]);
  queue.close();
});

it('hands out what was never sent as messages of the wire, one a line', async () => {
  const queue = await open(MIB);
  await queue.capture(photo, 1);
  await queue.captureWord({ type: 'sos', active: true, timestamp: '2026-01-01T00:00:00Z' }, 2);
  const file = await toUnsentFile(queue, 'waiting', { type: 'handshake', client: 'perch-phone', deviceId: 'd' });
  const lines = (await file.text()).trim().split('\n');
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    { type: 'handshake', client: 'perch-phone', deviceId: 'd' },
    { type: 'data', boot: 'a', seq: 1, data: photo },
    { boot: 'a', seq: 2, type: 'sos', active: true, timestamp: '2026-01-01T00:00:00Z' },
  ]);
  expect(queue.counts.waiting).toBe(2);
  queue.close();
});
