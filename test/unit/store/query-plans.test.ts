import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../../src/main/store/migrations';
import { AUDIT_READS } from '../../../src/main/store/statements/audit-statements';
import { prepareErasure } from '../../../src/main/store/statements/erase-statements';
import { LISTS, prepareReads, READS } from '../../../src/main/store/statements/read-statements';
import { prepareWrites } from '../../../src/main/store/statements/write-statements';

function emptyDatabase(): Sqlite.Database {
  const db = new Sqlite(':memory:');
  migrate(db);
  return db;
}

/** The steps of a plan. Unbound parameters are null: the plan does not depend on them. */
function planOf(db: Sqlite.Database, sql: string): string[] {
  const names = [...new Set(sql.match(/:\w+/g))].map((name) => [name.slice(1), null]);
  const marks = sql.match(/\?/g)?.map(() => null) ?? [];
  const rows = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...marks, Object.fromEntries(names));
  return (rows as { detail: string }[]).map((row) => row.detail);
}

test.each(Object.entries({ ...READS, ...AUDIT_READS }))('%s walks an index and sorts nothing', (_, sql) => {
  const plan = planOf(emptyDatabase(), sql);
  expect(plan.length).toBeGreaterThan(0);
  for (const step of plan) expect(step).toMatch(/^(SEARCH |(CORRELATED )?SCALAR SUBQUERY)/);
});

// One row for each session, device, key, setting, or device of a session; never one for each frame, file or seq.
const SHORT_TABLES = /^SCAN (sessions|devices|device_keys|session_devices|meta)( |$)/;

test.each(Object.entries(LISTS))('%s reads whole only what is short', (_, sql) => {
  const plan = planOf(emptyDatabase(), sql);
  expect(plan.length).toBeGreaterThan(0);
  for (const step of plan) {
    if (step.startsWith('SCAN')) expect(step).toMatch(SHORT_TABLES);
    else expect(step).toMatch(/^(SEARCH |(CORRELATED )?SCALAR SUBQUERY|USE TEMP B-TREE FOR ORDER BY)/);
  }
});

test('the plan of a query without an index is told apart', () => {
  expect(planOf(emptyDatabase(), 'SELECT * FROM frames WHERE source = ? ORDER BY body').join()).toMatch(
    /SCAN.*TEMP B-TREE/,
  );
});

test('pages of the log and trails are read in the order of their index', () => {
  const db = emptyDatabase();
  const stepOf = (sql: string) => planOf(db, sql).find((step) => / (f|frames|trails) /.test(step));
  expect(stepOf(READS.page)).toContain('f USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)');
  expect(stepOf(READS.devicePage)).toContain('frames_device (device=? AND rowid>? AND rowid<?)');
  expect(stepOf(READS.frameFrom)).toContain('USING INTEGER PRIMARY KEY (rowid>?)');
  expect(stepOf(READS.newestTrails)).toContain('PRIMARY KEY (session=? AND device=?)');
  expect(stepOf(READS.trailFrom)).toContain('PRIMARY KEY (session=? AND device=? AND last_at_ms>?)');
  expect(stepOf(READS.newPositions)).toContain('frames_device (device=? AND rowid>?)');
});

test('holes and repeats are found in an index alone', () => {
  const db = emptyDatabase();
  const writes = prepareWrites(db);
  expect(planOf(db, writes.lastStored.source)).toEqual(['SEARCH stored_ranges USING PRIMARY KEY (boot=?)']);
  const { storedBefore, storedIn, settledRangesIn, settledRangeEnd } = writes;
  expect(planOf(db, storedBefore.source)).toEqual(['SEARCH stored_ranges USING PRIMARY KEY (boot=? AND from_seq<?)']);
  expect(planOf(db, storedIn.source).join()).toContain('PRIMARY KEY (boot=? AND from_seq>? AND from_seq<?)');
  expect(planOf(db, settledRangesIn.source).join()).toContain('PRIMARY KEY (boot=? AND to_seq>?)');
  expect(planOf(db, settledRangeEnd.source).join()).toContain('PRIMARY KEY (boot=? AND to_seq>?)');
});

test('an erasure finds what goes by indexes', () => {
  const db = emptyDatabase();
  const { deleteSession, ...erasure } = prepareErasure(db);
  const plans = [...Object.values(erasure), ...deleteSession].map(({ source }) => planOf(db, source));
  // An INSERT has no plan.
  for (const step of plans.flat()) expect(step).toMatch(/^(SEARCH |(SCALAR|LIST) SUBQUERY)/);
  expect(planOf(db, erasure.frames.source).join()).toContain('USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)');
});

test('every statement can be prepared on the newest schema', () => {
  const db = emptyDatabase();
  expect(Object.keys(prepareReads(db)).length).toBeGreaterThanOrEqual(Object.keys(READS).length);
});
