import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { makeFolder } from './make-folder';
import { StoreError } from './store-error';
import { syncFolder } from './sync-folder';

/** A data folder held by this process. */
export interface FolderLock {
  /** The run before did not stop as it should: it crashed, was killed, or the power went. */
  readonly wasUnclean: boolean;
  /** @param end `unchecked` leaves the mark of an unclean stop for the next run. */
  release(end: 'clean' | 'unchecked'): void;
}

/**
 * Makes the folder and holds it. The lock is SQLite's exclusive lock on a file of its own: the kernel gives it up when the
 * process ends in whatever way, so there is never a stale one. The pid beside it is for the message, and left behind it is
 * the mark of an unclean stop.
 * @throws StoreError locked, unwritable
 */
export function lockFolder(dataDir: string): FolderLock {
  const pidPath = join(dataDir, 'hub.pid');
  let db: Database | undefined;
  let wasUnclean = false;
  try {
    makeFolder(resolve(dataDir));
    db = new Sqlite(join(dataDir, 'lock.sqlite'), { timeout: 0 });
    db.exec('BEGIN EXCLUSIVE');
    wasUnclean = existsSync(pidPath);
    writeFileSync(pidPath, `${process.pid}\n`, { flush: true });
    syncFolder(dataDir);
  } catch (error) {
    db?.close();
    throw isBusy(error) ? lockedBy(dataDir, pidPath) : unwritable(dataDir, error);
  }
  const held = db;
  return {
    wasUnclean,
    release(end) {
      if (end === 'clean' || !wasUnclean) rmSync(pidPath, { force: true });
      held.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

function lockedBy(dataDir: string, pidPath: string): StoreError {
  return new StoreError(
    'locked',
    `Another Perch hub (process ${pidIn(pidPath)}) is using ${dataDir}. Stop it, or choose another data folder.`,
  );
}

function unwritable(dataDir: string, error: unknown): StoreError {
  const cause = error instanceof Error ? error.message : String(error);
  return new StoreError('unwritable', `The data folder ${dataDir} can't be written: ${cause}.`);
}

function pidIn(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim() || 'unknown';
  } catch {
    return 'unknown';
  }
}
