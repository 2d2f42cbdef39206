import type { Database } from 'better-sqlite3';
import { isDiskTrouble } from './failure';

/**
 * Moves the write-ahead log into the database and cuts it to nothing: what was erased stands in it as it was before.
 * @returns false when a reader holds it, or the disk fails: it is to be tried again.
 */
export function emptyLog(db: Database): boolean {
  const waitMs = Number(db.pragma('busy_timeout', { simple: true }));
  // Phones wait for the writer, and the writer not for a reader.
  db.pragma('busy_timeout = 0');
  try {
    return db.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0;
  } catch (error) {
    if (!isDiskTrouble(error)) throw error;
    return false;
  } finally {
    db.pragma(`busy_timeout = ${waitMs}`);
  }
}
