import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { appended } from '../../../src/common/model/delivery';
import { openReadStore, type TrackCheckpoint } from '../../../src/main/store';
import { migrate, SCHEMA_VERSION } from '../../../src/main/store/migrations';
import { salvage } from '../../../src/main/store/salvage';
import { counted, device, newFolder, openFilled, session, T0 } from './store-fixture';

const checkpoint = (deviceId: string, upTo: number, bytes: number): TrackCheckpoint => ({
  deviceId,
  upTo,
  allUpTo: upTo - 1,
  raw: new Uint8Array(bytes).fill(upTo),
  clean: new Uint8Array(8).fill(upTo + 1),
});

test('checkpoints: the newest of each device and session, and what is not of one moment is not whole', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  await Promise.all([store.saveDevice(device('d2')), store.saveSession(session('s2'))]);
  expect(await store.trackCheckpoints({ sessionId: 's1' })).toEqual([]);
  await store.saveTrackCheckpoint('s1', checkpoint('d1', 4, 3344));
  await store.saveTrackCheckpoint('s1', checkpoint('d2', 5, 0));
  await store.saveTrackCheckpoint('s1', checkpoint('d1', 6, 100));
  await store.saveTrackCheckpoint('s2', checkpoint('d1', 7, 200));
  // Nobody the log knows.
  await store.saveTrackCheckpoint('s1', checkpoint('d9', 8, 8));
  const of = async (sessionId: string) =>
    [...(await store.trackCheckpoints({ sessionId }))].sort((a, b) => (a.deviceId < b.deviceId ? -1 : 1));
  expect(await of('s1')).toEqual([checkpoint('d1', 6, 100), checkpoint('d2', 5, 0)]);
  expect(await of('s2')).toEqual([checkpoint('d1', 7, 200)]);

  const db = new Sqlite(join(dataDir, 'perch.sqlite'));
  db.exec('UPDATE track_checkpoints SET up_to = 9 WHERE session = 1 AND device = 1 AND is_clean = 1');
  db.exec("UPDATE track_checkpoints SET state = 'text' WHERE session = 1 AND device = 2 AND is_clean = 0");
  db.close();
  expect((await of('s1')).map(({ raw, clean }) => Math.min(raw.length, clean.length))).toEqual([0, 0]);

  await store.deleteTrackCheckpoints('s1', 'd1');
  expect((await of('s1')).map(({ deviceId }) => deviceId)).toEqual(['d2']);
  await store.deleteTrackCheckpoints('s1', null);
  expect([(await of('s1')).length, (await of('s2')).length]).toEqual([0, 1]);
  await expect(store.trackCheckpoints({ sessionId: 's9' })).rejects.toMatchObject({ code: 'not_found' });
});

test('checkpoints go with their person and with their session, and are in a backup', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  await Promise.all([store.saveDevice(device('d2')), store.saveSession(session('s2', { endedAtMs: T0 + 1 }))]);
  for (const [seq, [sessionId, deviceId]] of [
    ['s1', 'd1'],
    ['s1', 'd2'],
    ['s2', 'd1'],
    ['s2', 'd2'],
  ].entries()) {
    if (sessionId === undefined || deviceId === undefined) continue;
    await appended(store, counted(seq + 1, { sessionId, deviceId }));
    await store.saveTrackCheckpoint(sessionId, checkpoint(deviceId, seq + 1, 80));
  }
  const holders = async () =>
    (await Promise.all(['s1', 's2'].map((sessionId) => store.trackCheckpoints({ sessionId })))).map((found) =>
      found.map(({ deviceId }) => deviceId),
    );
  const target = join(await newFolder(), 'backup');
  await store.backup(target);
  const copy = await openReadStore({ dataDir: target });
  expect(await copy.trackCheckpoints({ sessionId: 's1' })).toHaveLength(2);
  await copy.close();
  await store.eraseDevice('d1');
  expect(await holders()).toEqual([['d2'], ['d2']]);
  await store.eraseSession('s2');
  expect((await store.trackCheckpoints({ sessionId: 's1' })).map(({ deviceId }) => deviceId)).toEqual(['d2']);
  const db = new Sqlite(join(dataDir, 'perch.sqlite'), { readonly: true });
  expect(db.prepare('SELECT count(*) FROM track_checkpoints').pluck().get()).toBe(2);
  db.close();
});

test('a salvaged log has none: its frames may be fewer', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  await appended(store, counted(1));
  await store.saveTrackCheckpoint('s1', checkpoint('d1', 1, 80));
  await store.close();
  salvage(dataDir, () => false);
  const again = await openFilled(dataDir);
  expect((await again.frames({ limit: 9 })).items).toHaveLength(1);
  expect(await again.trackCheckpoints({ sessionId: 's1' })).toEqual([]);
});

test('migration 10: everything is as before, and there are no checkpoints yet', async () => {
  const dataDir = await newFolder();
  const first = await openFilled(dataDir);
  await appended(first, counted(1));
  await first.close();
  const db = new Sqlite(join(dataDir, 'perch.sqlite'));
  db.exec('DROP TABLE track_checkpoints');
  db.pragma('user_version = 9');
  migrate(db, 10);
  db.close();
  const store = await openFilled(dataDir);
  expect((await store.frames({ limit: 9 })).items).toMatchObject([{ seq: 1, deviceId: 'd1' }]);
  expect(await store.trackCheckpoints({ sessionId: 's1' })).toEqual([]);
  expect(SCHEMA_VERSION).toBeGreaterThanOrEqual(10);
});
