import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { expect, test } from 'vitest';
import { appended } from '../../../src/common/model/delivery';
import { migrate } from '../../../src/main/store/migrations';
import { counted, newFolder, openFilled, T0 } from './store-fixture';

const COLUMNS = `frame_id, session, device, boot, seq, captured_at_ms, received_at_ms, corrected_at_ms, live_at_ms,
  battery_pct, source, flags, latitude, longitude, body, item_hash`;

/** Schema 6: seqs 1 to 3, 7 and 9 of b1 are there, 4 and 5 were erased, and so was the last frame, 12. */
function fillOld(db: Database): void {
  migrate(db, 6);
  db.exec(`
    INSERT INTO devices (device, public_id, name, identity, external_id, ordinal, first_seen_at_ms, last_seen_at_ms, is_claimed)
      VALUES (1, 'd1', 'Ann', 'deviceId', 'x-d1', 1, ${T0}, ${T0}, 0);
    INSERT INTO sessions VALUES (1, 's1', 'One', ${T0}, NULL);
    INSERT INTO boots VALUES (1, 1, 'b1', 0), (2, 1, 'b2', 0);
    INSERT INTO session_boots VALUES (1, 1, 0), (2, 1, 0);
    INSERT INTO settled_ranges VALUES (1, 4, 5, 'erased'), (1, 8, 8, 'refused');
    INSERT INTO session_devices (session, device, frames, bytes, first_at_ms, last_at_ms, latest)
      VALUES (1, 1, 7, 70, ${T0}, ${T0 + 100}, '{}');
    INSERT INTO media VALUES (1, 'ab', 5, 'image/jpeg', 'jpg');`);
  const insert =
    db.prepare(`INSERT INTO frames (session, device, boot, seq, received_at_ms, live_at_ms, battery_pct, source,
    flags, latitude, longitude, body, item_hash) VALUES (1, 1, ?, ?, ?, ?, 50, 'perch', 'a;b', ?, ?, '{"id":1}', ?)`);
  const rows = [
    [1, 1],
    [1, 2],
    [1, 9],
    [null, null],
    [1, 3],
    [2, 5],
    [1, 7],
  ] as const;
  rows.forEach(([boot, seq], index) => {
    const at = T0 + index * 10;
    insert.run(
      boot,
      seq,
      at,
      at - 5 * index,
      index % 2 ? null : 47,
      index % 2 ? null : 8,
      boot ? null : Buffer.from([1]),
    );
  });
  db.exec(`INSERT INTO frame_media VALUES (1, 1);
    INSERT INTO frames (frame_id, session, device, received_at_ms, live_at_ms, source, flags, body)
      VALUES (12, 1, 1, ${T0 + 90}, ${T0 + 90}, 'perch', '', '{}');
    DELETE FROM frames WHERE frame_id = 12`);
}

test('a lean log, migration 7: frames as they were; seqs, trails and ids go on from there', async () => {
  const dataDir = await newFolder();
  const db = new Sqlite(join(dataDir, 'perch.sqlite'));
  fillOld(db);
  const frames = (of: Database) => of.prepare(`SELECT ${COLUMNS} FROM frames ORDER BY frame_id`).all();
  const before = frames(db);
  expect(before).toHaveLength(7);
  db.close();

  const store = await openFilled(dataDir);
  const track = await store.track({ deviceId: 'd1', sessionId: 's1', limit: 10 });
  expect(track.map(({ atMs }) => atMs - T0)).toEqual([0, 10, 20, 30]);
  const at = { receivedAtMs: T0 + 100 };
  const kinds = [];
  for (const seq of [1, 3, 4, 7, 9, 6]) kinds.push((await appended(store, counted(seq, at))).kind);
  expect(kinds).toEqual(['duplicate', 'duplicate', 'duplicate', 'duplicate', 'duplicate', 'stored']);
  expect(await store.settledUpTo('d1', 'b1')).toBe(9);
  // 12 was given to a frame once.
  expect(await appended(store, counted(10, at))).toEqual({ kind: 'stored', frameId: 14 });
  await store.close();

  const after = new Sqlite(join(dataDir, 'perch.sqlite'), { readonly: true });
  expect(frames(after).slice(0, 7)).toEqual(before);
  expect(after.prepare('SELECT boot, from_seq, to_seq FROM stored_ranges').raw().all()).toEqual([
    [1, 1, 7],
    [1, 9, 10],
    [2, 5, 5],
  ]);
  expect(after.prepare('SELECT * FROM frame_media').raw().all()).toEqual([[1, 1]]);
  expect(after.pragma('foreign_key_check')).toEqual([]);
  after.close();
});

test('seqs in any order become ranges that neither overlap nor touch, also after a restart', async () => {
  const dataDir = await newFolder();
  let store = await openFilled(dataDir);
  const seqs = [5, 1, 9, 3, 4, 2, 8, 6, 12, 10];
  for (const seq of seqs) {
    expect(await appended(store, counted(seq))).toMatchObject({ kind: 'stored' });
    if (seq === 9 || seq === 2) {
      await store.close();
      store = await openFilled(dataDir);
    }
  }
  for (const seq of seqs) expect(await appended(store, counted(seq))).toEqual({ kind: 'duplicate' });
  await store.close();
  const db = new Sqlite(join(dataDir, 'perch.sqlite'), { readonly: true });
  expect(db.prepare('SELECT from_seq, to_seq FROM stored_ranges').raw().all()).toEqual([
    [1, 6],
    [8, 10],
    [12, 12],
  ]);
  db.close();
});

test('a trail is the same before and after its positions are written down', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  const at = (index: number) => ({
    data: { gps: { latitude: index / 1000, longitude: 8 } },
    change: { boot: 'b1', seq: index + 1, receivedAtMs: T0 + index * 100 },
  });
  // More than are written at once, so that some are in their table and some are not.
  const count = 5000;
  await Promise.all(
    Array.from({ length: count }, (_, index) => {
      const { data, change } = at(index);
      return appended(store, counted(index + 1, { ...change, body: JSON.stringify(data) }));
    }),
  );
  const query = { deviceId: 'd1', sessionId: 's1' };
  const [whole, thin] = [await store.track({ ...query, limit: 10_000 }), await store.track({ ...query, limit: 100 })];
  expect(whole.map(({ atMs }) => atMs)).toEqual(Array.from({ length: count }, (_, index) => T0 + index * 100));
  expect(thin).toHaveLength(100);
  expect(thin.at(-1)).toEqual(whole.at(-1));
  await store.close();
  const again = await openFilled(dataDir);
  expect(await again.track({ ...query, limit: 10_000 })).toEqual(whole);
  expect(await again.track({ ...query, limit: 100 })).toEqual(thin);
});
