import type { Database } from 'better-sqlite3';
import { readAudit } from './audit';
import { backUp } from './backup';
import { readCustody } from './custody';
import { countFrames, findDevice, findSession, resolveSelection } from './log-range';
import { mediaPath } from './media-files';
import type { ExportScope, ReaderCallName, ReaderCalls } from './reader-messages';
import { planRetention } from './retention';
import { type FrameRecord, toDevice, toSession, toStoredFrame } from './rows';
import type { LatestFrames } from './session-counters';
import { prepareAuditReads } from './statements/audit-statements';
import { type LogRange, prepareReads, type ReadStatements } from './statements/read-statements';
import type { ExportRow, FramePage, FrameQuery, FrameSelection, LatestOfDevice, MediaFile } from './store';
import { readTrack } from './track';

/** One function for each question. */
export type Queries = {
  readonly [N in ReaderCallName]: (params: ReaderCalls[N]['params']) => ReaderCalls[N]['result'];
};

/** Answers the questions from one connection. */
export function createQueries(db: Database, dataDir: string): Queries {
  const reads = prepareReads(db);
  const auditReads = prepareAuditReads(db);
  return {
    hubId: () => reads.hubId.get() ?? '',
    sessions: () => reads.sessions.all().map(toSession),
    devices: () => reads.devices.all().map(toDevice),
    frames: db.transaction((query: FrameQuery) => framePage(reads, query)),
    latest: db.transaction(({ sessionId }: ReaderCalls['latest']['params']) => latest(reads, sessionId)),
    track: db.transaction(({ deviceId, sessionId, limit }: ReaderCalls['track']['params']) => {
      const session = findSession(reads, sessionId);
      const device = findDevice(reads, deviceId);
      return session === null || device === null ? [] : readTrack(reads, session.session, device, limit);
    }),
    mediaTotals: () => reads.mediaTotals.get() ?? { files: 0, bytes: 0 },
    media: ({ sha256 }) => media(reads, dataDir, sha256),
    custody: db.transaction(({ sessionId, deviceId, lateAfterMs }: ReaderCalls['custody']['params']) => {
      const session = findSession(reads, sessionId);
      const device = findDevice(reads, deviceId ?? null);
      return session === null ? [] : readCustody(reads, session.session, device, lateAfterMs);
    }),
    deviceCounts: ({ deviceId }) => {
      const device = findDevice(reads, deviceId);
      return { framesTotal: device === null ? 0 : (reads.framesOfDevice.get(device) ?? 0) };
    },
    audit: (query) => readAudit(auditReads, query),
    retentionPlan: db.transaction((limits: ReaderCalls['retentionPlan']['params']) => planRetention(reads, limits)),
    backup: ({ target }) => backUp(db, dataDir, target),
    quickCheck: () => quickCheck(db),
    openExport: db.transaction((selection: FrameSelection) => openExport(reads, selection)),
    exportPage: ({ range, after, limit }) => readPage(reads, range, after, limit).map((row) => toExportRow(reads, row)),
  };
}

function quickCheck(db: Database): string[] {
  const findings = db.prepare<[], string>('PRAGMA quick_check(20)').pluck().all();
  return findings.length === 1 && findings[0] === 'ok' ? [] : findings;
}

function framePage(reads: ReadStatements, query: FrameQuery): FramePage {
  const { range } = resolveSelection(reads, query);
  // One more than asked for tells whether there is a next page.
  const rows = readPage(reads, range, query.after ?? 0, query.limit + 1);
  const items = rows.slice(0, query.limit).map(toStoredFrame);
  return { items, next: rows.length > query.limit ? (items.at(-1)?.frameId ?? null) : null };
}

function readPage(reads: ReadStatements, range: LogRange, after: number, limit: number): FrameRecord[] {
  const page = { ...range, firstFrameId: Math.max(range.firstFrameId, after + 1), limit };
  return (range.device === null ? reads.page : reads.devicePage).all(page);
}

function latest(reads: ReadStatements, sessionId: string): LatestOfDevice[] {
  const session = findSession(reads, sessionId);
  if (session === null) return [];
  const rows = reads.devicesOfSession.all(session.session);
  return rows.map(({ deviceId, frames, lastReceivedAtMs, latest: json }) => {
    const pointers = Object.values(JSON.parse(json) as LatestFrames);
    const ids = [...new Set(pointers.map((pointer) => pointer.frameId))].sort((a, b) => a - b);
    const newest = ids.flatMap((id) => reads.frameById.get(id) ?? []).map(toStoredFrame);
    return { deviceId, frames, lastReceivedAtMs, newest };
  });
}

function media(reads: ReadStatements, dataDir: string, sha256: string): MediaFile | null {
  const row = reads.mediaBySha256.get(sha256);
  return row === undefined ? null : { ...row, path: mediaPath(dataDir, row.sha256, row.extension) };
}

function openExport(reads: ReadStatements, selection: FrameSelection): ExportScope {
  const resolved = resolveSelection(reads, selection);
  return {
    range: resolved.range,
    totalFrames: countFrames(reads, selection, resolved),
    session: resolved.session === null ? null : toSession(resolved.session),
  };
}

function toExportRow(reads: ReadStatements, row: FrameRecord): ExportRow {
  // A row without a reference in it needs no look-up; a text that happens to contain the word costs one.
  return { ...row, media: row.body.includes('"sha256"') ? reads.mediaOfFrame.all(row.frameId) : [] };
}
