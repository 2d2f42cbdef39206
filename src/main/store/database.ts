import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { isDiskTrouble } from './failure';
import { assertNotNewer, SCHEMA_VERSION, schemaVersionOf } from './migrations';
import { StoreError } from './store-error';

/** The database inside a data folder. */
export function databasePath(dataDir: string): string {
  return join(dataDir, 'perch.sqlite');
}

/** The one connection that writes. A COMMIT returns after the fsync of the write-ahead log. */
export function openForWriting(dataDir: string): Database {
  const db = new Sqlite(databasePath(dataDir));
  canShrink(db);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  // The writer looks up the owners of each frame itself, and erases children before their parents.
  db.pragma('foreign_keys = OFF');
  // fsync() on macOS leaves data in the drive's cache; these ask for F_FULLFSYNC.
  if (process.platform === 'darwin') {
    db.pragma('fullfsync = ON');
    db.pragma('checkpoint_fullfsync = ON');
  }
  // 32 MiB between checkpoints instead of 4: the same index pages are written again and again (a leaf a device), and
  // each checkpoint costs two fsyncs while phones wait.
  db.pragma('wal_autocheckpoint = 8000');
  // What a row said is wiped with the row, where that costs no write of its own: an erasure must find no older copies.
  db.pragma('secure_delete = FAST');
  // After a long read held checkpoints up, the log shrinks back to this.
  db.pragma(`journal_size_limit = ${64 * 1024 * 1024}`);
  return db;
}

/** A database made from here on can give pages that an erasure freed back to the disk, some at a time. */
export function canShrink(db: Database): void {
  // Asked first: to set it again is a write, and a full disk must not keep a hub from starting.
  if (!doesShrink(db)) db.pragma('auto_vacuum = INCREMENTAL');
}

/** Made anew at once, a second or so: one that an earlier Perch made learns to shrink. Larger ones stay as they are. */
const SMALL_BYTES = 32 * 1024 * 1024;

/** False of what an earlier Perch made and was too large to be made anew: its free pages are only used again. */
export const doesShrink = (db: Database): boolean => db.pragma('auto_vacuum', { simple: true }) === 2;

/** See {@link SMALL_BYTES}. For the one that writes, before it serves. */
export function learnToShrink(db: Database): void {
  const pages = Number(db.pragma('page_count', { simple: true }));
  const pageBytes = Number(db.pragma('page_size', { simple: true }));
  if (doesShrink(db) || pages * pageBytes > SMALL_BYTES) return;
  try {
    db.exec('VACUUM');
  } catch (error) {
    // No room for a copy: the next start may have it.
    if (!isDiskTrouble(error)) throw error;
  }
}

/**
 * A connection that only reads, beside a running hub or without one. Opened read-write because a write-ahead log left by
 * a crash has to be recovered to be read; `query_only` keeps it from writing rows. On a read-only medium, read-only.
 * @throws StoreError no_data, newer_schema, older_schema
 */
export function openForReading(dataDir: string): Database {
  const path = databasePath(dataDir);
  if (!existsSync(path)) throw new StoreError('no_data', `There is no Perch data in ${dataDir}.`);
  const db = openAnyhow(path);
  try {
    db.pragma('query_only = ON');
    assertNotNewer(db);
    const version = schemaVersionOf(db);
    if (version === 0) throw new StoreError('no_data', `There is no Perch data in ${dataDir}.`);
    if (version < SCHEMA_VERSION) {
      throw new StoreError(
        'older_schema',
        'This data folder was written by an older Perch. Start the hub on it once, then try again.',
      );
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function openAnyhow(path: string): Database {
  try {
    return new Sqlite(path, { fileMustExist: true });
  } catch {
    return new Sqlite(path, { readonly: true, fileMustExist: true });
  }
}
