import Sqlite from 'better-sqlite3';

/** True when SQLite met bytes that are no database, or not a sound one (https://sqlite.org/rescode.html#corrupt). */
export function isDamage(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);
}
