import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

/** A row that SQLite gives out, and that says nothing any more: SQLite does not look at the texts it keeps. */
class DamagedRowError extends Error {
  readonly code = 'SQLITE_CORRUPT';
}

/** True when SQLite met bytes that are no database, or not a sound one (https://sqlite.org/rescode.html#corrupt). */
export function isDamage(error: unknown): boolean {
  if (error instanceof DamagedRowError) return true;
  return error instanceof Sqlite.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);
}

/** JSON that the store wrote. @param what it is, for the finding. @throws DamagedRowError when it is none any more */
export function parseKept<T>(json: unknown, what: string): T {
  try {
    return JSON.parse(String(json)) as T;
  } catch {
    throw new DamagedRowError(`${what} can't be read.`);
  }
}

/** There while a database known to be damaged waits for its salvage. */
export const damagedMark = (dataDir: string): string => join(dataDir, 'perch.sqlite.damaged');

/** True when the next writer begins with a salvage. */
export const isKnownDamaged = (dataDir: string): boolean => existsSync(damagedMark(dataDir));
