import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { isDamage } from './damage';
import { canShrink, databasePath } from './database';
import { untilStopped } from './log-steps';
import { migrate, SCHEMA_VERSION, schemaVersionOf } from './migrations';
import { type LostRange, type RawRow, readableFromEnds, readableRows } from './readable-rows';
import { COUNTED, recount } from './recount';
import { readFrame } from './sound-frame';
import type { Salvage } from './store';
import { syncFolder } from './sync-folder';

/** Tables with an integer key, owners before what refers to them. */
const KEYED: readonly (readonly [table: string, key: string])[] = [
  ['devices', 'device'],
  ['sessions', 'session'],
  ['boots', 'boot'],
  ['media', 'media'],
  ['frames', 'frame_id'],
];

/** Some 30 MB. */
const SYNC_ROWS = 50_000;

/** Finished, fsynced, and not yet in place: from here on the damaged file is history. */
const donePath = (dataDir: string): string => `${databasePath(dataDir)}.salvaged`;

/**
 * Reads what can be read of a damaged database into a new one and puts that in its place; the damaged one is kept beside
 * it under a dated name. Nobody else may have it open. A crash on the way leaves the damaged one, or is finished by
 * {@link finishSalvage}.
 * @throws what the disk says, StoreError closed when it is to stop: then nothing has changed.
 */
export function salvage(dataDir: string, isStopped: () => boolean): Salvage {
  const unfinished = `${databasePath(dataDir)}.salvaging`;
  removeDatabase(unfinished);
  const lost = copyReadable(databasePath(dataDir), unfinished, isStopped);
  fsyncFile(unfinished);
  renameSync(unfinished, donePath(dataDir));
  const keptAs = finishSalvage(dataDir) ?? '';
  return { keptAs, ...lost };
}

/** Puts a finished salvage in place. @returns the name of the damaged file; null: there was nothing to finish. */
export function finishSalvage(dataDir: string): string | null {
  const done = donePath(dataDir);
  const made = statSync(done, { throwIfNoEntry: false })?.mtime;
  if (made === undefined) return null;
  const path = databasePath(dataDir);
  // The same name whenever it is finished: the file and its write-ahead log belong together.
  const kept = join(dataDir, `perch-damaged-${made.toISOString().replaceAll(':', '').slice(0, 17)}.sqlite`);
  // The log first: left behind, it would be played into the new file.
  for (const end of ['-wal', '']) if (existsSync(path + end)) renameSync(path + end, kept + end);
  rmSync(`${path}-shm`, { force: true });
  syncFolder(dataDir);
  renameSync(done, path);
  syncFolder(dataDir);
  return basename(kept);
}

/** What the salvage that made a database could not read. */
export function lossesOf(db: Database): Losses {
  const json = db.prepare<[], string>("SELECT value FROM meta WHERE key = 'salvage'").pluck().get();
  return json === undefined ? { lostFrames: [], lostTables: [] } : (JSON.parse(json) as Losses);
}

type Losses = Pick<Salvage, 'lostFrames' | 'lostTables'>;

function copyReadable(from: string, to: string, isStopped: () => boolean): Losses {
  const target = new Sqlite(to);
  let source: Database | null = null;
  try {
    canShrink(target);
    // Whole or not at all, by the rename: no journal is needed.
    target.pragma('journal_mode = OFF');
    target.pragma('synchronous = OFF');
    // Owners that could not be read are made up afterwards.
    target.pragma('foreign_keys = OFF');
    source = openDamaged(from);
    const losses = source === null ? everything(target) : copyTables(source, target, isStopped);
    migrate(target);
    recount(target, isStopped);
    target.prepare(`INSERT OR REPLACE INTO meta (key, value) VALUES ('salvage', ?)`).run(JSON.stringify(losses));
    return losses;
  } finally {
    source?.close();
    target.close();
  }
}

/** null when nothing can be read of it at all. */
function openDamaged(path: string): Database | null {
  const db = new Sqlite(path);
  try {
    db.pragma('query_only = ON');
    const version = schemaVersionOf(db);
    if (version >= 1 && version <= SCHEMA_VERSION) return db;
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  db.close();
  return null;
}

function everything(target: Database): Losses {
  migrate(target);
  return {
    lostFrames: [{ from: 1, to: null, afterMs: null, beforeMs: null }],
    lostTables: KEYED.map(([name]) => name),
  };
}

function copyTables(source: Database, target: Database, isStopped: () => boolean): Losses {
  migrate(target, schemaVersionOf(source));
  target.exec('DELETE FROM meta');
  const lostTables: string[] = [];
  let lostFrames: Salvage['lostFrames'] = [];
  for (const [table, key] of KEYED) {
    const lost: LostRange[] = [];
    const rows = readableRows(source, table, key, lost);
    const sound = table === 'frames' ? onTheDisk(soundFrames(source, rows, lost), target.name) : rows;
    copyRows(target, table, untilStopped(sound, isStopped));
    if (table === 'frames') lostFrames = joined(lost).map((range) => ({ ...range, ...timesAround(target, range) }));
    else if (lost.length > 0) lostTables.push(table);
  }
  for (const { name, keys } of keylessTables(target))
    copyRows(target, name, untilStopped(readableFromEnds(source, name, keys), isStopped));
  target.exec("INSERT INTO meta SELECT 'hub_id', lower(hex(randomblob(16))) WHERE NOT EXISTS (SELECT 1 FROM meta)");
  return { lostFrames, lostTables };
}

/** In order, neighbours as one. */
function joined(ranges: readonly LostRange[]): LostRange[] {
  const found: { from: number; to: number | null }[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = found.at(-1);
    if (last?.to === range.from - 1) last.to = range.to;
    else found.push({ ...range });
  }
  return found;
}

/** Less the frames that say nothing any more. */
function* soundFrames(source: Database, rows: Iterable<RawRow>, lost: LostRange[]): Generator<RawRow> {
  const columns = columnsOf(source, 'frames');
  const [body, captured, received, corrected] = ['body', 'captured_at_ms', 'received_at_ms', 'corrected_at_ms'].map(
    (name) => columns.indexOf(name),
  );
  const bytes = source.prepare<[number], unknown>('SELECT CAST(body AS BLOB) FROM frames WHERE frame_id = ?').pluck();
  const cell = (row: RawRow, column: number | undefined) => row[column ?? -1];
  for (const row of rows) {
    const id = Number(row[0]);
    const cells = {
      body: cell(row, body),
      capturedAtMs: cell(row, captured),
      receivedAtMs: cell(row, received),
      correctedAtMs: cell(row, corrected),
    };
    if (readFrame(cells, () => bytes.get(id)) !== null) yield row;
    else lost.push({ from: id, to: id });
  }
}

/** What is written goes to the disk on the way: the fsync at the end, which nothing can end, has little left to do. */
function* onTheDisk(rows: Iterable<RawRow>, path: string): Generator<RawRow> {
  let count = 0;
  for (const row of rows) {
    yield row;
    count += 1;
    if (count % SYNC_ROWS === 0) fsyncFile(path);
  }
}

const columnsOf = (db: Database, table: string): string[] =>
  db.prepare<[], string>(`SELECT name FROM pragma_table_info('${table}')`).pluck().all();

function copyRows(target: Database, table: string, rows: Iterable<RawRow>): void {
  const columns = columnsOf(target, table);
  const marks = columns.map(() => '?').join(', ');
  const insert = target.prepare(`INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${marks})`);
  target.transaction(() => {
    for (const row of rows) insert.run(...row.slice(0, columns.length));
  })();
}

/** Other tables without row ids and the columns of their keys. */
function keylessTables(db: Database): { name: string; keys: string[] }[] {
  const keyed = new Set([...KEYED.map(([table]) => table), ...COUNTED]);
  const names = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  return names
    .filter((name) => !keyed.has(name) && !name.startsWith('sqlite_'))
    .map((name) => ({
      name,
      keys: db
        .prepare<[], string>(`SELECT name FROM pragma_table_info('${name}') WHERE pk > 0 ORDER BY pk`)
        .pluck()
        .all(),
    }));
}

function timesAround(db: Database, { from, to }: LostRange): { afterMs: number | null; beforeMs: number | null } {
  const before = db
    .prepare<[number], number>('SELECT received_at_ms FROM frames WHERE frame_id < ? ORDER BY frame_id DESC LIMIT 1')
    .pluck();
  const after = db
    .prepare<[number], number>('SELECT received_at_ms FROM frames WHERE frame_id > ? ORDER BY frame_id LIMIT 1')
    .pluck();
  return { afterMs: before.get(from) ?? null, beforeMs: to === null ? null : (after.get(to) ?? null) };
}

function removeDatabase(path: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(path + end, { force: true });
}

function fsyncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
