import type { Database } from 'better-sqlite3';
import type { AuditEntry } from '../../../common/model/audit';

/** Newest of all; the oldest go (docs/architecture.md, the log). */
export const MAX_AUDIT_ENTRIES = 100_000;

interface AuditScope {
  /** Ids below it. */
  readonly before: number;
  /** As of LIKE, with `\` before its signs; `%`: everything. */
  readonly pattern: string;
  readonly limit: number;
}

const COLUMNS = 'audit AS auditId, at_ms AS atMs, action, actor, address, device_id AS deviceId, detail';
const NEWEST_FIRST = `AND (detail LIKE :pattern ESCAPE '\\' OR address LIKE :pattern ESCAPE '\\')
  ORDER BY audit DESC LIMIT :limit`;

/** SQL of the audit log, by name. */
export const AUDIT_READS = {
  all: `SELECT ${COLUMNS} FROM audit WHERE audit < :before ${NEWEST_FIRST}`,
  ofDevice: `SELECT ${COLUMNS} FROM audit INDEXED BY audit_device
    WHERE device_id = :deviceId AND device_id IS NOT NULL AND audit < :before ${NEWEST_FIRST}`,
} as const;

/** Reads of the audit log. */
export function prepareAuditReads(db: Database) {
  return {
    all: db.prepare<[AuditScope], AuditEntry>(AUDIT_READS.all),
    ofDevice: db.prepare<[AuditScope & { readonly deviceId: string }], AuditEntry>(AUDIT_READS.ofDevice),
  };
}

/** See {@link prepareAuditReads}. */
export type AuditReads = ReturnType<typeof prepareAuditReads>;

/** Writes of the audit log. */
export function prepareAuditWrites(db: Database) {
  return {
    insert: db.prepare(
      'INSERT INTO audit (at_ms, action, actor, address, device_id, detail) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    prune: db.prepare<[number]>('DELETE FROM audit WHERE audit <= ?'),
  };
}

/** See {@link prepareAuditWrites}. */
export type AuditWrites = ReturnType<typeof prepareAuditWrites>;
