import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { expect, test } from 'vitest';
import { appended } from '../../../src/common/model/delivery';
import { frameLog } from '../../../src/main/store/migrations/001-frame-log';
import { counted, frame, newFolder, openFilled, T0 } from './store-fixture';

// The schema as it was released, filled by hand: today's code knows only the newest.
function fillOld(db: Database): void {
  db.transaction(() => frameLog.up(db))();
  db.pragma('user_version = 1');
  db.exec(`
    INSERT INTO devices VALUES (1, 'd1', 'Ann', 'deviceId', 'x-d1', NULL, 1, NULL, NULL, NULL, ${T0}, ${T0}, 0);
    INSERT INTO sessions VALUES (1, 's1', 'One', ${T0}, ${T0 + 100}), (2, 's2', 'Two', ${T0 + 100}, NULL);
    INSERT INTO boots VALUES (1, 1, 'b1', 0), (2, 1, 'b2', 0);
    INSERT INTO settled_ranges VALUES (1, 3, 3, 'refused'), (1, 5, 6, 'dropped');
    INSERT INTO session_devices VALUES (1, 1, 4, 40, ${T0}, ${T0 + 50}, '{"any":{"frameId":4,"atMs":1}}'),
      (2, 1, 2, 20, ${T0 + 110}, ${T0 + 120}, '{}');`);
  const insert = db.prepare(`INSERT INTO frames (session, device, boot, seq, captured_at_ms, received_at_ms, live_at_ms,
    source, flags, body) VALUES (?, 1, ?, ?, ?, ?, ?, 'perch', '', ?)`);
  const rows: readonly (readonly [session: number, boot: number | null, seq: number | null, delayMs: number | null])[] =
    [
      [1, 1, 1, 30],
      [1, 1, 2, null],
      [1, 1, 9, 4000],
      [1, null, null, 10],
      [2, 1, 12, 5],
      [2, 2, 1, -3],
    ];
  rows.forEach(([session, boot, seq, delayMs], index) => {
    const receivedAtMs = T0 + index * 10;
    const captured = delayMs === null ? null : receivedAtMs - delayMs;
    insert.run(session, boot, seq, captured, receivedAtMs, receivedAtMs, JSON.stringify({ index }));
  });
}

test('custody, migration 2: the log is as it was, and what happened before is counted', async () => {
  const dataDir = await newFolder();
  const db = new Sqlite(join(dataDir, 'perch.sqlite'));
  fillOld(db);
  const columns = `frame_id, session, device, boot, seq, captured_at_ms, received_at_ms, corrected_at_ms, live_at_ms,
    battery_pct, source, flags, latitude, longitude, body`;
  const dump = (of: Database) => [
    of.prepare(`SELECT ${columns} FROM frames ORDER BY frame_id`).all(),
    of.prepare('SELECT boot, from_seq, to_seq, kind FROM settled_ranges ORDER BY boot, from_seq').all(),
    of.prepare('SELECT * FROM boots').all(),
    of.prepare('SELECT * FROM sessions').all(),
    of.prepare('SELECT session, device, frames, bytes, first_at_ms, last_at_ms, latest FROM session_devices').all(),
  ];
  const before = dump(db);
  db.close();

  const store = await openFilled(dataDir);
  const [one] = await store.custody({ sessionId: 's1', lateAfterMs: 1000 });
  expect(one).toEqual({
    deviceId: 'd1',
    stored: 4,
    duplicates: 0,
    refused: {},
    erased: 0,
    dropped: 0,
    missing: 3,
    beforeFirst: 0,
    holes: [
      {
        boot: 'b1',
        ranges: [
          [4, 4],
          [7, 8],
        ],
      },
    ],
    bytes: 40,
    firstAtMs: T0,
    lastAtMs: T0 + 50,
    late: 1,
    delay: { p50Ms: 30, p95Ms: 4000, maxMs: 4000 },
  });
  const [two] = await store.custody({ sessionId: 's2', lateAfterMs: 1000 });
  expect(two).toMatchObject({ stored: 2, missing: 2, late: 0, delay: { p50Ms: 0, p95Ms: 5, maxMs: 5 } });
  expect(two?.holes).toEqual([{ boot: 'b1', ranges: [[10, 11]] }]);
  await store.close();

  const after = new Sqlite(join(dataDir, 'perch.sqlite'));
  expect(after.pragma('user_version', { simple: true })).toBeGreaterThanOrEqual(2);
  // openFilled saved d1 and s1 again under other names: only the log is compared.
  const [frames, ranges] = dump(after);
  expect([frames, ranges]).toEqual(before.slice(0, 2));
  expect(dump(after)[4]).toEqual(before[4]);
  after.close();

  const again = await openFilled(dataDir);
  expect(await appended(again, counted(9))).toEqual({ kind: 'duplicate' });
  expect(await appended(again, counted(4))).toMatchObject({ kind: 'stored' });
  expect(await appended(again, frame({ no: 'seq' }))).toMatchObject({ kind: 'stored' });
  expect(await again.settledUpTo('d1', 'b1')).toBe(6);
});
