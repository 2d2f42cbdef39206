import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { appended } from '../../../src/common/model/delivery';
import { openReadStore, type Store } from '../../../src/main/store';
import { migrate } from '../../../src/main/store/migrations';
import { counted, device, frame, newFolder, openFilled, photo, session, T0 } from './store-fixture';

const DAY = 86_400_000;
const NO_LIMIT = { maxAgeMs: null, maxBytes: null, nowMs: T0 + 10 * DAY, besides: {} };
const KIB = JSON.stringify({ text: 'x'.repeat(1024 - '{"text":""}'.length) });

/** s1 ended on day 1, s2 on day 5, s3 is current: 3, 2 and 4 frames of 1 KiB. */
async function openThree(dataDir: string): Promise<Store> {
  const store = await openFilled(dataDir);
  await Promise.all([
    store.saveSession(session('s1', { endedAtMs: T0 + DAY })),
    store.saveSession(session('s2', { startedAtMs: T0 + DAY, endedAtMs: T0 + 5 * DAY })),
    store.saveSession(session('s3', { startedAtMs: T0 + 5 * DAY })),
  ]);
  const write = (sessionId: string, seqs: readonly number[], atMs: number) =>
    seqs.map((seq) => appended(store, counted(seq, { sessionId, body: KIB, receivedAtMs: atMs + seq })));
  await Promise.all([
    ...write('s1', [1, 2, 3], T0),
    ...write('s2', [5, 6], T0 + DAY),
    ...write('s3', [7, 8, 9, 10], T0 + 5 * DAY),
  ]);
  return store;
}

test.each([
  ['no limit', {}, []],
  ['nothing is that old', { maxAgeMs: 10 * DAY }, []],
  ['the oldest', { maxAgeMs: 8 * DAY }, ['s1']],
  ['all that ended, not the current one', { maxAgeMs: 0 }, ['s1', 's2']],
  ['small enough', { maxFrames: 9.01 }, []],
  ['a little too much', { maxFrames: 8.9 }, ['s1']],
  ['not enough without the current one', { maxFrames: 0 }, ['s1', 's2']],
  ['whichever takes more', { maxFrames: 6.01, maxAgeMs: 4 * DAY }, ['s1', 's2']],
])('retention, %s', async (_, limits: { readonly maxAgeMs?: number; readonly maxFrames?: number }, expected) => {
  const store = await openThree(await newFolder());
  const all = await store.retentionPlan({ ...NO_LIMIT, maxAgeMs: 0 });
  const bytesPerFrame = all.bytes / all.frames;
  const maxBytes = limits.maxFrames === undefined ? null : limits.maxFrames * bytesPerFrame;
  const plan = await store.retentionPlan({ ...NO_LIMIT, maxAgeMs: limits.maxAgeMs ?? null, maxBytes });
  expect(plan.sessions.map(({ sessionId }) => sessionId)).toEqual(expected);
  const frames = plan.sessions.reduce((sum, one) => sum + one.frames, 0);
  expect(plan.frames).toBe(frames);
  expect(plan.bytes).toBeCloseTo(frames * bytesPerFrame, -1);
  // A plan does nothing.
  expect((await store.listSessions()).map(({ frames: kept }) => kept)).toEqual([4, 2, 3]);
});

test('an erased session is gone with everything, its neighbours are whole, and its seqs stay settled', async () => {
  const dataDir = await newFolder();
  const store = await openThree(dataDir);
  await Promise.all([
    store.recordRefused('invalid_frame', 1, { deviceId: 'd1', sessionId: 's1' }),
    store.recordDropped([[4, 4]], { deviceId: 'd1', boot: 'b1', sessionId: 's1' }),
  ]);
  const neighbours = await Promise.all([store.frames({ sessionId: 's2', limit: 9 }), store.custody(ofSession('s3'))]);
  expect(await store.eraseSession('s1')).toMatchObject({ frames: 3, mediaFiles: 0 });

  expect((await store.listSessions()).map(({ sessionId }) => sessionId)).toEqual(['s3', 's2']);
  await expect(store.frames({ sessionId: 's1', limit: 1 })).rejects.toMatchObject({ code: 'not_found' });
  await expect(store.eraseSession('s1')).rejects.toMatchObject({ code: 'not_found' });
  expect((await store.frames({ limit: 100 })).items).toHaveLength(6);
  expect(await Promise.all([store.frames({ sessionId: 's2', limit: 9 }), store.custody(ofSession('s3'))])).toEqual(
    neighbours,
  );
  expect(await store.deviceCounts('d1')).toEqual({ framesTotal: 6 });
  await store.close();

  const again = await openFilled(dataDir);
  expect(await again.settledUpTo('d1', 'b1')).toBe(10);
  // openFilled saved a new s1: it has nothing of the old one.
  expect(await again.custody(ofSession('s1'))).toEqual([]);
  const ids = (await again.frames({ limit: 100 })).items.map(({ frameId }) => frameId);
  const next = await appended(again, counted(11));
  expect(next.kind === 'stored' ? next.frameId : 0).toBeGreaterThan(Math.max(...ids, 9));
});

const ofSession = (sessionId: string) => ({ sessionId, lateAfterMs: 1000 });

test('the current session is never erased', async () => {
  const store = await openThree(await newFolder());
  await expect(store.eraseSession('s3')).rejects.toMatchObject({ code: 'current_session' });
  expect((await store.frames({ sessionId: 's3', limit: 9 })).items).toHaveLength(4);
});

test('a photo goes with the last frame that shows it, and comes back with the next', async () => {
  const store = await openThree(await newFolder());
  const [alone, shared] = [photo('only in s1'), photo('in both')];
  const at = { receivedAtMs: T0 + 9 * DAY };
  await Promise.all([
    appended(store, frame({}, { ...at, media: [alone, shared] })),
    appended(store, frame({}, { ...at, sessionId: 's2', media: [shared] })),
  ]);
  const paths = await Promise.all([alone, shared].map(async ({ sha256 }) => (await store.media(sha256))?.path ?? ''));
  expect(paths.map((path) => existsSync(path))).toEqual([true, true]);
  expect(await store.eraseSession('s1')).toMatchObject({ frames: 4, mediaFiles: 1 });
  expect(await store.media(alone.sha256)).toBeNull();
  expect(paths.map((path) => existsSync(path))).toEqual([false, true]);
  await appended(store, frame({}, { ...at, sessionId: 's3', media: [alone] }));
  expect(await store.media(alone.sha256)).toMatchObject({ bytes: alone.bytes.byteLength });
  expect(existsSync(paths[0] ?? '')).toBe(true);
  expect(await store.eraseSession('s2')).toMatchObject({ frames: 3, mediaFiles: 1 });
  expect(existsSync(paths[1] ?? '')).toBe(false);
});

test('an erasure takes its turns: what is sent meanwhile is stored before it is done', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  await Promise.all([store.saveDevice(device('d2')), store.saveSession(session('s2', { startedAtMs: T0 + DAY }))]);
  const secret = `secret ${'s'.repeat(100)}`;
  await Promise.all(
    Array.from({ length: 4000 }, (_, index) =>
      appended(store, counted(index + 1, { body: JSON.stringify({ secret }) })),
    ),
  );
  await store.saveSession(session('s1', { endedAtMs: T0 + DAY }));
  let isErased = false;
  const erasing = store.eraseSession('s1').then((result) => {
    isErased = true;
    return result;
  });
  let storedMeanwhile = 0;
  for (let seq = 1; !isErased; seq += 1) {
    await appended(store, counted(seq, { deviceId: 'd2', sessionId: 's2', receivedAtMs: T0 + DAY + seq }));
    if (!isErased) storedMeanwhile += 1;
  }
  expect(await erasing).toMatchObject({ frames: 4000, mediaFiles: 0 });
  // 4,000 frames are 16 steps; one frame between two of them is all that is promised.
  expect(storedMeanwhile).toBeGreaterThanOrEqual(8);
  await store.close();
  const db = new Sqlite(join(dataDir, 'perch.sqlite'), { readonly: true });
  expect(db.serialize().includes('secret')).toBe(false);
  expect(db.prepare("SELECT from_seq, to_seq FROM settled_ranges WHERE kind = 'erased'").raw().all()).toEqual([
    [1, 4000],
  ]);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  db.close();
});

test('erasure, migration 3: media links are as they were', () => {
  const db = new Sqlite(':memory:');
  migrate(db, 2);
  db.pragma('foreign_keys = OFF');
  db.exec("INSERT INTO media VALUES (1, 'ab', 5, 'image/jpeg', 'jpg'); INSERT INTO frame_media VALUES (1, 1), (2, 1)");
  migrate(db);
  expect(db.prepare('SELECT * FROM frame_media').raw().all()).toEqual([
    [1, 1],
    [2, 1],
  ]);
  const plan = db.prepare('EXPLAIN QUERY PLAN SELECT 1 FROM frame_media WHERE media = ?').get(1) as { detail: string };
  expect(plan.detail).toContain('USING COVERING INDEX frame_media_media');
  db.close();
});

test('a backup made while frames keep coming is a whole data folder of the moment it began', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  const image = photo('photo');
  await appended(store, counted(1, { media: [image] }));
  await Promise.all(Array.from({ length: 3000 }, (_, index) => appended(store, counted(index + 2))));
  const target = join(await newFolder(), 'deep', 'backup');
  let isDone = false;
  const backing = store.backup(target).then((result) => {
    isDone = true;
    return result;
  });
  let seq = 3002;
  while (!isDone) await appended(store, counted(seq++));
  expect(await backing).toMatchObject({ mediaFiles: 1, mediaBytes: 5 });
  // What comes later does not change it, nor does what goes.
  await store.saveSession(session('s1', { endedAtMs: T0 + DAY }));
  await store.eraseSession('s1');

  const copy = await openReadStore({ dataDir: target });
  expect(copy.hubId).toBe(store.hubId);
  const { totalFrames } = await copy.exportRows({});
  expect(totalFrames).toBeGreaterThanOrEqual(3001);
  expect(totalFrames).toBeLessThan(seq);
  const file = await copy.media(image.sha256);
  expect(file?.path.startsWith(target)).toBe(true);
  expect(existsSync(file?.path ?? '')).toBe(true);
  await copy.close();
  const hub = await openFilled(target);
  expect(await hub.settledUpTo('d1', 'b1')).toBe(totalFrames);
});

test('a backup needs a folder of its own', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  await expect(store.backup(dataDir)).rejects.toMatchObject({ code: 'unwritable' });
  await expect(store.backup('/proc/perch')).rejects.toMatchObject({ code: 'storage_unavailable' });
  const target = await newFolder();
  expect(await store.backup(target)).toMatchObject({ mediaFiles: 0 });
});

test('a plan counts what is on the disk: indexes, media and recordings too; the file gets smaller by it', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  const image = photo('x'.repeat(50_000));
  const write = (sessionId: string, from: number) =>
    Array.from({ length: 2000 }, (_, index) =>
      appended(store, counted(from + index, { sessionId, body: KIB, media: index === 0 ? [image] : [] })),
    );
  await Promise.all(write('s1', 1));
  await Promise.all([store.saveSession(session('s1', { endedAtMs: T0 + 1 })), store.saveSession(session('s2'))]);
  await Promise.all(write('s2', 2001));
  // What was written is in the file, not beside it.
  const sizeOf = (): number => {
    const db = new Sqlite(join(dataDir, 'perch.sqlite'));
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    return statSync(join(dataDir, 'perch.sqlite')).size;
  };
  const before = sizeOf();
  const { bytes } = await store.retentionPlan({ ...NO_LIMIT, maxAgeMs: 0, besides: { s1: 1_000_000 } });
  const logBytes = bytes - 1_000_000 - image.bytes.byteLength;
  expect(logBytes).toBeGreaterThan(2000 * 1024);
  await store.eraseSession('s1');
  await expect.poll(() => (before - sizeOf()) / logBytes).toBeGreaterThan(0.9);
  expect((before - sizeOf()) / logBytes).toBeLessThan(1.1);
  expect((await store.frames({ sessionId: 's2', limit: 5 })).items).toHaveLength(5);
});

test('a database of an earlier Perch learns to shrink while it is small', async () => {
  const dataDir = await newFolder();
  const path = join(dataDir, 'perch.sqlite');
  const db = new Sqlite(path);
  migrate(db, 7);
  expect(db.pragma('auto_vacuum', { simple: true })).toBe(0);
  db.close();
  await (await openFilled(dataDir)).close();
  const after = new Sqlite(path);
  expect(after.pragma('auto_vacuum', { simple: true })).toBe(2);
  after.close();
});
