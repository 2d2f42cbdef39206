import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { assertNotNewer, SCHEMA_VERSION, schemaVersionOf } from './migrations';
import { StoreError } from './store-error';

/** The database inside a data folder. */
export function databasePath(dataDir: string): string {
  return join(dataDir, 'perch.sqlite');
}

/** The one connection that writes. A COMMIT returns after the fsync of the write-ahead log. */
export function openForWriting(dataDir: string): Database {
  const db = new Sqlite(databasePath(dataDir));
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
