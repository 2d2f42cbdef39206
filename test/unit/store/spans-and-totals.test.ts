import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { appended } from '../../../src/common/model/delivery';
import { stepsOf } from '../../../src/main/store/log-steps';
import { migrate } from '../../../src/main/store/migrations';
import { prepareReads } from '../../../src/main/store/statements/read-statements';
import { counted, newFolder, openFilled, photo, session } from './store-fixture';

const SPANS = 'SELECT first_frame_id, session FROM session_spans ORDER BY 1';
const TOTALS = 'SELECT files, bytes FROM media_totals';

/** s1, s2, then s1 again, as a hub started with --session does. 3 frames each; s1 with a photo in its first. */
async function resumedFolder(): Promise<string> {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  await store.saveSession(session('s2'));
  for (const [index, sessionId] of ['s1', 's2', 's1'].entries()) {
    for (let seq = 3 * index + 1; seq <= 3 * index + 3; seq += 1) {
      const media = seq % 3 === 1 ? [photo(`photo of ${sessionId}`)] : [];
      await appended(store, counted(seq, { sessionId, media }));
    }
  }
  await store.close();
  return dataDir;
}

const openDatabase = (dataDir: string): Sqlite.Database => new Sqlite(join(dataDir, 'perch.sqlite'));

test('a session that was taken up again is read without what came in between', async () => {
  const dataDir = await resumedFolder();
  const db = openDatabase(dataDir);
  const rows = { s1: 1, s2: 2 };
  expect(db.prepare(SPANS).raw().all()).toEqual([
    [1, rows.s1],
    [4, rows.s2],
    [7, rows.s1],
  ]);
  const steps = (firstFrameId: number, lastFrameId: number) =>
    [...stepsOf(prepareReads(db), { session: rows.s1, devices: null, firstFrameId, lastFrameId }, () => false)].map(
      (step) => [step.firstFrameId, step.lastFrameId],
    );
  expect(steps(1, 9)).toEqual([
    [1, 3],
    [7, 9],
  ]);
  expect(steps(2, 8)).toEqual([
    [2, 3],
    [7, 8],
  ]);
  expect(steps(5, 6)).toEqual([]);
  expect(steps(8, 9)).toEqual([[8, 9]]);
  db.close();

  const store = await openFilled(dataDir);
  const page = await store.frames({ sessionId: 's1', after: 2, limit: 2 });
  expect(page).toMatchObject({ items: [{ frameId: 3 }, { frameId: 7 }], next: 7 });
  expect((await store.frames({ sessionId: 's2', limit: 9 })).items.map(({ frameId }) => frameId)).toEqual([4, 5, 6]);
  // The first frame of the next run belongs to the span of before.
  await appended(store, counted(10));
  const ids = (await store.frames({ sessionId: 's1', limit: 9 })).items.map(({ frameId }) => frameId);
  expect(ids).toEqual([1, 2, 3, 7, 8, 9, 10]);
});

test('a session between the spans of another can go, and what comes then is found', async () => {
  const dataDir = await resumedFolder();
  const store = await openFilled(dataDir);
  await store.saveSession(session('s2', { endedAtMs: 1 }));
  expect(await store.eraseSession('s2')).toMatchObject({ frames: 3, mediaFiles: 1 });
  expect((await store.frames({ sessionId: 's1', limit: 9 })).items).toHaveLength(6);
  await store.saveSession(session('s3'));
  await appended(store, counted(10, { sessionId: 's3' }));
  expect((await store.frames({ sessionId: 's3', limit: 9 })).items).toHaveLength(1);
  expect(await store.mediaTotals()).toEqual({ files: 1, bytes: 'photo of s1'.length });
});

test('a reader that is to stop does so between two steps', () => {
  const db = new Sqlite(':memory:');
  migrate(db);
  const range = { session: null, devices: null, firstFrameId: 1, lastFrameId: Number.MAX_SAFE_INTEGER };
  let steps = 0;
  const walk = () => {
    for (const _ of stepsOf(prepareReads(db), range, () => steps === 3)) steps += 1;
  };
  expect(walk).toThrow(expect.objectContaining({ code: 'closed' }));
});

test('migration 8: spans and totals of what schema 7 held', async () => {
  const dataDir = await resumedFolder();
  const db = openDatabase(dataDir);
  const now = [db.prepare(SPANS).all(), db.prepare(TOTALS).all()];
  expect(now[1]).toEqual([{ files: 2, bytes: 'photo of s1'.length + 'photo of s2'.length }]);
  db.exec('DROP TRIGGER media_kept; DROP TRIGGER media_gone; DROP TABLE media_totals; DROP TABLE session_spans');
  db.pragma('user_version = 7');
  migrate(db, 8);
  expect([db.prepare(SPANS).all(), db.prepare(TOTALS).all()]).toEqual(now);
  db.close();
});
