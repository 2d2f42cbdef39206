import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

/** True when SQLite met bytes that are no database, or not a sound one (https://sqlite.org/rescode.html#corrupt). */
export function isDamage(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);
}

/** There while a database known to be damaged waits for its salvage. */
export const damagedMark = (dataDir: string): string => join(dataDir, 'perch.sqlite.damaged');

/** True when the next writer begins with a salvage. */
export const isKnownDamaged = (dataDir: string): boolean => existsSync(damagedMark(dataDir));
