import type { Database } from 'better-sqlite3';
import { StoreError } from '../store-error';
import { frameLog } from './001-frame-log';
import { custody } from './002-custody';
import { erasure } from './003-erasure';
import { audit } from './004-audit';
import { people } from './005-people';
import { erasedPeople } from './006-erased-people';
import { leanLog } from './007-lean-log';
import { spansAndTotals } from './008-spans-and-totals';
import { mergedPeople } from './009-merged-people';
import { trackCheckpoints } from './010-track-checkpoints';
import type { Migration } from './migration';

const MIGRATIONS: readonly Migration[] = [
  frameLog,
  custody,
  erasure,
  audit,
  people,
  erasedPeople,
  leanLog,
  spansAndTotals,
  mergedPeople,
  trackCheckpoints,
];

/** `user_version` of a database this Perch reads and writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** `user_version` of a database; 0 for an empty one. */
export function schemaVersionOf(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/** @throws StoreError newer_schema */
export function assertNotNewer(db: Database): void {
  const version = schemaVersionOf(db);
  if (version <= SCHEMA_VERSION) return;
  throw new StoreError(
    'newer_schema',
    `This data folder was written by a newer Perch (schema ${version}, this one knows ${SCHEMA_VERSION}). Update Perch to open it.`,
  );
}

/**
 * Brings the schema up to date, each step in a transaction of its own: a crash in between leaves a complete older
 * schema.
 * @param upTo the version to stop at. @throws StoreError newer_schema
 */
export function migrate(db: Database, upTo: number = SCHEMA_VERSION): void {
  assertNotNewer(db);
  // Dropping a table to make it anew would look for what refers to its rows; it can't be changed within a transaction.
  db.pragma('foreign_keys = OFF');
  for (const migration of MIGRATIONS.slice(schemaVersionOf(db), upTo)) {
    db.transaction(() => {
      migration.up(db);
      db.pragma(`user_version = ${migration.version}`);
    }).immediate();
  }
}
