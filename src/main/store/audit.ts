import type { AuditEntry } from '../../common/model/audit';
import { type AuditReads, type AuditWrites, MAX_AUDIT_ENTRIES } from './statements/audit-statements';

/** An entry on its way into the log. */
export type NewAuditEntry = Omit<AuditEntry, 'auditId'>;

/** Which entries: see the request `audit.list`. */
export interface AuditQuery {
  readonly deviceId: string | null;
  readonly search: string;
  readonly before: number | null;
  readonly limit: number;
}

/** Newest first; `next` null: there is nothing older. */
export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  readonly next: number | null;
}

/** Adds an entry; the oldest goes when there are too many. */
export function writeAudit(writes: AuditWrites, entry: NewAuditEntry): void {
  const { atMs, action, actor, address, deviceId, detail } = entry;
  const { lastInsertRowid } = writes.insert.run(atMs, action, actor, address, deviceId, detail);
  writes.prune.run(Number(lastInsertRowid) - MAX_AUDIT_ENTRIES);
}

/** One page of it. @param deviceIds of all devices of the person asked for; null: everybody's. */
export function readAudit(
  reads: AuditReads,
  { search, before, limit }: AuditQuery,
  deviceIds: readonly string[] | null,
): AuditPage {
  const scope = {
    before: before ?? Number.MAX_SAFE_INTEGER,
    pattern: `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`,
    // One more than asked for tells whether there is a next page.
    limit: limit + 1,
  };
  const found =
    deviceIds === null
      ? reads.all.all(scope)
      : deviceIds
          .flatMap((deviceId) => reads.ofDevice.all({ ...scope, deviceId }))
          .sort((a, b) => b.auditId - a.auditId)
          .slice(0, limit + 1);
  const entries = found.slice(0, limit);
  return { entries, next: found.length > limit ? (entries.at(-1)?.auditId ?? null) : null };
}
