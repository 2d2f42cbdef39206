import type { Database } from 'better-sqlite3';

/** One step of the schema. Never edited once released: the next change is the next step. */
export interface Migration {
  /** `user_version` after it; the steps count from 1 without a gap. */
  readonly version: number;
  /** Runs inside a transaction. */
  up(db: Database): void;
}
