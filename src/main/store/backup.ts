import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { copyBeside } from './copy-beside';
import { linkOrCopy, syncFile } from './copy-file';
import { databasePath } from './database';
import { makeFolder } from './make-folder';
import { mediaPath } from './media-files';
import type { Backup, Beside } from './store';
import { StoreError } from './store-error';
import { syncFolder } from './sync-folder';

const unfinishedIn = (target: string): string => `${databasePath(target)}.part`;

/**
 * Copies the log and its media into a new folder, which is a data folder only after {@link completeBackup}. One read
 * transaction from beginning to end: commits go on meanwhile, and the copy is of the moment it began. (SQLite's backup API
 * would begin again at every commit of another connection.) Media never change once written, so on the same file system
 * they are linked and cost nothing.
 * @throws StoreError unwritable; what the disk says.
 */
export function backUp(db: Database, dataDir: string, target: string): Backup {
  if (existsSync(target) && readdirSync(target).length > 0) {
    throw new StoreError('unwritable', `${target} is not empty: a backup needs a folder of its own.`);
  }
  makeFolder(resolve(target));
  const unfinished = unfinishedIn(target);
  // To make a copy SQLite has to be allowed to write; no row of the log is changed.
  db.pragma('query_only = OFF');
  try {
    db.prepare('VACUUM INTO ?').run(unfinished);
  } finally {
    db.pragma('query_only = ON');
  }
  const copied = copyMedia(unfinished, dataDir, target);
  syncFile(unfinished);
  return { ...copied, sizeBytes: statSync(unfinished).size + copied.mediaBytes };
}

/**
 * Adds what else of the data folder belongs to the log that was copied. Only then it is a data folder: one cut short is
 * none. @returns bytes of what was added. @throws what the disk says
 */
export function completeBackup(dataDir: string, target: string, besides: readonly Beside[]): number {
  const bytes = besides.reduce((sum, beside) => sum + copyBeside(dataDir, target, beside), 0);
  renameSync(unfinishedIn(target), databasePath(target));
  syncFolder(target);
  return bytes;
}

function copyMedia(database: string, dataDir: string, target: string): { mediaFiles: number; mediaBytes: number } {
  const db = new Sqlite(database, { readonly: true });
  const folders = new Set<string>();
  let mediaFiles = 0;
  let mediaBytes = 0;
  const rows = db.prepare<[], { sha256: string; extension: string; bytes: number }>(
    'SELECT sha256, extension, bytes FROM media',
  );
  for (const { sha256, extension, bytes } of rows.iterate()) {
    const to = mediaPath(target, sha256, extension);
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    linkOrCopy(mediaPath(dataDir, sha256, extension), to);
    folders.add(dirname(to)).add(dirname(dirname(to)));
    mediaFiles += 1;
    mediaBytes += bytes;
  }
  db.close();
  for (const folder of folders) syncFolder(folder);
  return { mediaFiles, mediaBytes };
}
