import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { deleteQueueDatabase } from '../../../../src/renderer/phone/queue/database';
import { FrameQueue } from '../../../../src/renderer/phone/queue/frame-queue';
import { toUnsentFile } from '../../../../src/renderer/phone/queue/unsent-file';

const NAME = 'hubs-under-test';
const ALL = { frames: 100, bytes: 1024 * 1024 };
const LATER = Number.POSITIVE_INFINITY;
const PHOTO = { photoBase64: 'AAAA' };
let queue: FrameQueue;

const load = (name: string, openedAtMs: number) => FrameQueue.open({ name, openedAtMs }, NAME);
const seqs = async (lane: 'plain' | 'media' = 'plain') =>
  (await queue.takeOldest(lane, ALL, LATER))?.frames.map(({ seq }) => seq) ?? [];

beforeEach(async () => {
  queue = await load('first', 1);
});

afterEach(async () => {
  queue.close();
  await deleteQueueDatabase(NAME);
});

/** Another page load. */
async function reload(name: string, openedAtMs: number): Promise<void> {
  queue.close();
  queue = await load(name, openedAtMs);
}

it('gives nothing out before a hub has welcomed the phone, and then what was captured before, to that hub', async () => {
  await queue.capture({ n: 1 }, 1);
  await queue.captureWord({ type: 'message', text: 'x' }, 1);
  expect(await seqs()).toEqual([]);
  expect(await queue.takeWord()).toBeNull();
  expect(queue.counts).toMatchObject({ waiting: 2, held: 0 });
  await queue.meet('a');
  expect(await seqs()).toEqual([1]);
  expect((await queue.takeWord())?.seq).toBe(2);
});

it('holds what was left from one hub while another answers at that address, and gives it to the first again', async () => {
  await queue.meet('a');
  await queue.capture({ n: 1 }, 1);
  await queue.capture(PHOTO, 1);
  await queue.captureWord({ type: 'message', text: 'for a' }, 1);
  await reload('second', 2);
  await queue.capture({ n: 2 }, 2);
  await queue.meet('b');
  expect(queue.counts).toMatchObject({ captured: 4, waiting: 1, held: 3, media: 0 });
  expect((await queue.takeOldest('plain', ALL, LATER))?.boot.name).toBe('second');
  expect(await seqs('media')).toEqual([]);
  expect(await queue.takeWord()).toBeNull();
  await reload('third', 3);
  await queue.meet('a');
  expect(queue.counts).toMatchObject({ waiting: 3, held: 1, media: 1 });
  expect((await queue.takeOldest('plain', ALL, LATER))?.boot.name).toBe('first');
  expect(await seqs('media')).toEqual([2]);
  expect((await queue.takeWord())?.seq).toBe(3);
});

it('counts anew when another hub answers an open page; a call for help goes along', async () => {
  await queue.meet('a');
  await queue.capture({ n: 1 }, 1);
  await queue.captureWord({ type: 'sos', active: true }, 1);
  await queue.captureWord({ type: 'message', text: 'for a' }, 1);
  await queue.meet('b');
  expect(queue.boot.name).not.toBe('first');
  const sos = await queue.takeWord();
  expect(sos).toMatchObject({ boot: queue.boot, seq: 1, body: JSON.stringify({ type: 'sos', active: true }) });
  expect(await queue.capture({ n: 2 }, 2)).toBe(2);
  expect(await seqs()).toEqual([2]);
  // The first hub is told that this number will never come.
  expect(await queue.nextGap()).toBeNull();
  await queue.meet('a');
  expect(await queue.nextGap()).toMatchObject({ boot: 'first', ranges: [[2, 2]] });
  expect(queue.counts).toMatchObject({ captured: 4, waiting: 3, held: 1 });
});

it('what was read for one hub does not leave once another has answered', async () => {
  await queue.meet('a');
  await queue.capture({ n: 1 }, 1);
  const reading = queue.takeOldest('plain', ALL, LATER);
  const met = queue.meet('b');
  expect(await reading).toBeNull();
  await met;
});

it('the same hub once more changes nothing, and what another tab left meanwhile is its own', async () => {
  await queue.meet('a');
  await queue.capture({ n: 1 }, 1);
  const tab = await load('tab', 2);
  await tab.capture({ n: 2 }, 2);
  tab.close();
  await queue.meet('a');
  expect(queue.boot.name).toBe('first');
  const first = await queue.takeOldest('plain', ALL, LATER);
  expect([first?.boot.name, (await queue.takeOldest('plain', ALL, LATER))?.boot.name]).toEqual(['first', 'tab']);
});

it('saves and discards what is held, and leaves the rest alone', async () => {
  await queue.meet('a');
  await queue.capture(PHOTO, 1);
  await reload('second', 2);
  await queue.meet('b');
  await queue.capture({ n: 2 }, 2);
  const who = { type: 'handshake', client: 'perch-phone' } as const;
  const lines = async (part: 'waiting' | 'held') =>
    (await (await toUnsentFile(queue, part, who)).text()).trim().split('\n').slice(1);
  expect(await lines('held')).toEqual([JSON.stringify({ type: 'data', boot: 'first', seq: 1, data: PHOTO })]);
  expect(await lines('waiting')).toHaveLength(1);
  await queue.discard('held');
  expect(queue.counts).toMatchObject({ waiting: 1, held: 0, dropped: 1, media: 0 });
  expect(await lines('held')).toEqual([]);
  expect(await seqs()).toEqual([1]);
});

it('counts what was captured for each hub apart, over page loads; before a welcome nobody knows whose it is', async () => {
  await queue.capture({ n: 1 }, 1);
  expect(queue.counts.capturedHere).toBeNull();
  await queue.meet('a');
  expect(queue.counts.capturedHere).toBe(1);
  await queue.capture({ n: 2 }, 1);
  expect(queue.counts.capturedHere).toBe(2);
  await queue.meet('b');
  expect(queue.counts.capturedHere).toBe(0);
  await queue.capture({ n: 3 }, 2);
  expect(queue.counts).toMatchObject({ captured: 3, capturedHere: 1 });
  await reload('second', 2);
  await queue.capture({ n: 4 }, 3);
  await queue.meet('a');
  expect(queue.counts).toMatchObject({ captured: 4, capturedHere: 3 });
});

it('what another tab captures for the same hub counts with it', async () => {
  await queue.meet('a');
  await queue.capture({ n: 1 }, 1);
  const tab = await load('tab', 2);
  await tab.meet('a');
  await tab.capture({ n: 2 }, 2);
  expect(tab.counts.capturedHere).toBe(2);
  tab.close();
  await queue.capture({ n: 3 }, 3);
  expect(queue.counts.capturedHere).toBe(3);
});

it('a call for help that goes along is captured for either hub', async () => {
  await queue.meet('a');
  await queue.captureWord({ type: 'sos', active: true }, 1);
  await queue.meet('b');
  expect(queue.counts.capturedHere).toBe(1);
  await queue.meet('a');
  // Its first number there was given up when it went along.
  expect(queue.counts).toMatchObject({ captured: 1, capturedHere: 2 });
});

/** A queue of version 2 or 3 with these rows and this count, in place of the one of now. */
async function oldQueue(
  version: 2 | 3,
  captured: number,
  rows: readonly (readonly [boot: string, seq: number])[],
  boots: Readonly<Record<string, string>> = {},
): Promise<void> {
  queue.close();
  await deleteQueueDatabase(NAME);
  const old = await openDB(NAME, version, {
    upgrade(database) {
      const frames = database.createObjectStore('frames', { keyPath: ['openedAtMs', 'boot', 'seq'] });
      frames.createIndex('byLane', ['lane', 'openedAtMs', 'boot', 'seq']);
      frames.createIndex('byWorth', ['worth', 'openedAtMs', 'boot', 'seq', 'sizeBytes']);
      database.createObjectStore('tally');
      database.createObjectStore('gaps', { autoIncrement: true });
      if (version === 3) database.createObjectStore('boots', { keyPath: 'boot' });
    },
  });
  const common = { openedAtMs: 0, capturedAtMs: 1, body: '{}', sizeBytes: 2, lane: 'plain', worth: 0 };
  for (const [boot, seq] of rows) await old.add('frames', { ...common, boot, seq });
  for (const [boot, hubId] of Object.entries(boots)) await old.add('boots', { boot, hubId, boundAtMs: Date.now() });
  const counts = {
    captured,
    delivered: captured - rows.length,
    refused: 0,
    dropped: 0,
    bytes: 2 * rows.length,
    media: 0,
  };
  await old.put('tally', counts, 'all');
  old.close();
  queue = await load('new', 5);
}

it('brings a queue of version 2 along: it is of the hub that welcomes first, with all that was counted', async () => {
  await oldQueue(2, 4, [['old', 4]]);
  await queue.meet('a');
  expect(await seqs()).toEqual([4]);
  expect(queue.counts).toMatchObject({ captured: 4, capturedHere: 4 });
  await queue.meet('b');
  expect(queue.counts.capturedHere).toBe(0);
});

it('a queue of version 3 that knew one hub: its count is that of this hub, less what is of none yet', async () => {
  await oldQueue(
    3,
    9,
    [
      ['old', 4],
      ['late', 1],
    ],
    { old: 'a' },
  );
  await queue.meet('b');
  expect(queue.counts).toMatchObject({ captured: 9, capturedHere: 1 });
  await queue.meet('a');
  expect(queue.counts.capturedHere).toBe(8);
});

it('a queue of version 3 that knew several: each hub begins with what still waits for it', async () => {
  await oldQueue(
    3,
    9,
    [
      ['of-a', 4],
      ['of-a', 5],
      ['of-b', 7],
    ],
    { 'of-a': 'a', 'of-b': 'b' },
  );
  await queue.meet('a');
  expect(queue.counts).toMatchObject({ captured: 9, capturedHere: 2 });
  await queue.meet('b');
  expect(queue.counts.capturedHere).toBe(1);
});
