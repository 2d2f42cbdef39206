import type { Database } from 'better-sqlite3';
import type { JsonObject, StoredFrame } from '../../common/model/frame';
import { readAudit } from './audit';
import { backUp, completeBackup } from './backup';
import { checkLog } from './check-log';
import { readCustody } from './custody';
import { parseKept } from './damage';
import { countFrames, findPerson, findSession, resolveSelection, sumOf } from './log-range';
import { stepsOf } from './log-steps';
import { findLostMedia } from './lost-media';
import { mediaPath } from './media-files';
import { asShown, countHidden, readMerged, toMerged } from './merged';
import type { ExportScope, ReaderCallName, ReaderCalls } from './reader-messages';
import { planRetention } from './retention';
import { type FrameRecord, toDevice, toSession, toStoredFrame } from './rows';
import type { LatestFrames } from './session-counters';
import { readFrame } from './sound-frame';
import { prepareAuditReads } from './statements/audit-statements';
import { type LogRange, prepareReads, type ReadStatements } from './statements/read-statements';
import type { ExportRow, FramePage, FrameQuery, FrameSelection, LatestOfDevice, MediaFile } from './store';
import { readTrack } from './track';
import { readTrackCheckpoints } from './track-checkpoints';

/** One function for each question. */
export type Queries = {
  readonly [N in ReaderCallName]: (params: ReaderCalls[N]['params']) => ReaderCalls[N]['result'];
};

interface QueryHooks {
  /** Told of each damaged row. */
  readonly onDamage: (finding: string) => void;
  readonly isStopped: () => boolean;
}

/**
 * Answers the questions from one connection. A row that is damaged is left out of an answer, never the reason for none.
 * What reads much does so in steps, and is refused in their midst when the reader is to stop.
 */
export function createQueries(db: Database, dataDir: string, hooks: QueryHooks): Queries {
  const reads = prepareReads(db);
  const log = new LogReader(reads, hooks);
  const auditReads = prepareAuditReads(db);
  return {
    hubId: () => reads.hubId.get() ?? '',
    sessions: db.transaction(() => {
      const hidden = countHidden(reads);
      return reads.sessions.all().map((row) => {
        const session = toSession(row);
        return { ...session, devices: session.devices - (hidden.get(row.session) ?? 0) };
      });
    }),
    devices: () => reads.devices.all().map(toDevice),
    frames: db.transaction((query: FrameQuery) => framePage(reads, log, query)),
    latest: db.transaction(({ sessionId }: ReaderCalls['latest']['params']) => latest(reads, log, sessionId)),
    track: db.transaction(({ deviceId, sessionId, limit }: ReaderCalls['track']['params']) => {
      const session = findSession(reads, sessionId);
      return session === null ? [] : readTrack(reads, session.session, findPerson(reads, deviceId), limit);
    }),
    trackCheckpoints: ({ sessionId }) => {
      const session = findSession(reads, sessionId);
      return session === null ? [] : readTrackCheckpoints(reads, session.session);
    },
    mediaTotals: () => reads.mediaTotals.get() ?? { files: 0, bytes: 0 },
    media: ({ sha256 }) => media(reads, dataDir, sha256),
    custody: db.transaction(({ sessionId, deviceId, lateAfterMs }: ReaderCalls['custody']['params']) => {
      const session = findSession(reads, sessionId);
      const devices = findPerson(reads, deviceId ?? null);
      return session === null ? [] : readCustody(reads, session.session, devices, lateAfterMs, hooks.isStopped);
    }),
    deviceCounts: db.transaction(({ deviceId }: ReaderCalls['deviceCounts']['params']) => ({
      framesTotal: sumOf(findPerson(reads, deviceId), (device) => reads.framesOfDevice.get(device)),
    })),
    audit: db.transaction((query: ReaderCalls['audit']['params']) => {
      const { deviceId } = query;
      return readAudit(auditReads, query, deviceId === null ? null : readMerged(reads).merges.groupOf(deviceId));
    }),
    retentionPlan: db.transaction((limits: ReaderCalls['retentionPlan']['params']) =>
      planRetention(reads, limits, filledBytes(db)),
    ),
    backup: ({ target }) => backUp(db, dataDir, target),
    completeBackup: ({ target, besides }) => completeBackup(dataDir, target, besides),
    reusableBytes: () => pagesAs(db, 'freelist_count'),
    check: () => checkLog(db, reads),
    lostMedia: () => findLostMedia(reads, dataDir),
    openExport: db.transaction((selection: FrameSelection) => openExport(reads, log, selection)),
    exportPage: ({ range, merged, after, limit }) => {
      const shown = toMerged(merged);
      const page = log.page(range, after, limit);
      const sound = page.filter((row) => log.read(row) !== null);
      const rows = sound.map((row) => toExportRow(reads, asShown(row, shown)));
      return {
        rows,
        damaged: page.length - rows.length,
        next: page.length < limit ? null : (page.at(-1)?.frameId ?? null),
      };
    },
  };
}

/** Of pages that hold something; an empty database has one for each table and index. */
function filledBytes(db: Database): number {
  const trees = db.prepare<[], number>('SELECT count(*) FROM sqlite_schema WHERE rootpage > 0').pluck().get() ?? 0;
  const pageBytes = Number(db.pragma('page_size', { simple: true }));
  return pagesAs(db, 'page_count') - pagesAs(db, 'freelist_count') - trees * pageBytes;
}

/** Pages as bytes. */
function pagesAs(db: Database, pragma: 'freelist_count' | 'page_count'): number {
  return Number(db.pragma(pragma, { simple: true })) * Number(db.pragma('page_size', { simple: true }));
}

/** Rows of the log, step by step, as far as they are sound. */
class LogReader {
  readonly #reads: ReadStatements;
  readonly #onDamage: (finding: string) => void;
  readonly #isStopped: () => boolean;

  constructor(reads: ReadStatements, { onDamage, isStopped }: QueryHooks) {
    this.#reads = reads;
    this.#onDamage = onDamage;
    this.#isStopped = isStopped;
  }

  page(range: LogRange, after: number, limit: number): FrameRecord[] {
    const rows: FrameRecord[] = [];
    const rest = { ...range, firstFrameId: Math.max(range.firstFrameId, after + 1) };
    for (const step of stepsOf(this.#reads, rest, this.#isStopped)) {
      rows.push(...this.#pageOf(step, limit - rows.length));
      if (rows.length === limit) break;
    }
    return rows;
  }

  /** Of several devices, the page of each is in the order of the log: the first of all are among the first of each. */
  #pageOf({ devices, ...span }: LogRange, limit: number): FrameRecord[] {
    const { page, devicePage } = this.#reads;
    if (devices === null) return page.all({ ...span, limit });
    const rows = devices.map((device) => devicePage.all({ ...span, device, limit }));
    if (rows.length === 1) return rows.flat();
    return rows
      .flat()
      .sort((a, b) => a.frameId - b.frameId)
      .slice(0, limit);
  }

  count(range: LogRange): number {
    const { count, deviceCount } = this.#reads;
    let frames = 0;
    for (const { devices, ...span } of stepsOf(this.#reads, range, this.#isStopped)) {
      if (devices === null) frames += count.get(span) ?? 0;
      else frames += sumOf(devices, (device) => deviceCount.get({ ...span, device }));
    }
    return frames;
  }

  /** The body of a row; null when it is damaged. */
  read(row: FrameRecord): JsonObject | null {
    const data = readFrame(row, () => this.#reads.bodyBytes.get(row.frameId));
    if (data === null) this.#onDamage(`Frame ${row.frameId} can't be read.`);
    return data;
  }

  toFrames(rows: readonly FrameRecord[]): StoredFrame[] {
    return rows.flatMap((row) => {
      const data = this.read(row);
      return data === null ? [] : toStoredFrame(row, data);
    });
  }

  /** The newest frames of a device; none when what points at them is damaged. */
  newestOf(latest: string): StoredFrame[] {
    let pointers: LatestFrames;
    try {
      pointers = parseKept<LatestFrames>(latest, 'A counter');
    } catch (error) {
      this.#onDamage(String(error));
      return [];
    }
    const ids = [...new Set(Object.values(pointers).map((pointer) => pointer.frameId))].sort((a, b) => a - b);
    return this.toFrames(ids.flatMap((id) => this.#reads.frameById.get(id) ?? []));
  }
}

function framePage(reads: ReadStatements, log: LogReader, query: FrameQuery): FramePage {
  const { range } = resolveSelection(reads, query);
  // One more than asked for tells whether there is a next page.
  const rows = log.page(range, query.after ?? 0, query.limit + 1);
  const page = rows.slice(0, query.limit);
  return { items: log.toFrames(page), next: rows.length > query.limit ? (page.at(-1)?.frameId ?? null) : null };
}

function latest(reads: ReadStatements, log: LogReader, sessionId: string): LatestOfDevice[] {
  const session = findSession(reads, sessionId);
  if (session === null) return [];
  const rows = reads.devicesOfSession.all(session.session);
  return rows.map(({ latest: json, ...counted }) => ({ ...counted, newest: log.newestOf(json) }));
}

function media(reads: ReadStatements, dataDir: string, sha256: string): MediaFile | null {
  const row = reads.mediaBySha256.get(sha256);
  return row === undefined ? null : { ...row, path: mediaPath(dataDir, row.sha256, row.extension) };
}

function openExport(reads: ReadStatements, log: LogReader, selection: FrameSelection): ExportScope {
  const resolved = resolveSelection(reads, selection);
  return {
    range: resolved.range,
    merged: reads.mergedDevices.all(),
    totalFrames: countFrames(reads, selection, resolved) ?? log.count(resolved.range),
    session: resolved.session === null ? null : toSession(resolved.session),
  };
}

function toExportRow(reads: ReadStatements, row: FrameRecord): ExportRow {
  // A row without a reference in it needs no look-up; a text that happens to contain the word costs one.
  return { ...row, media: row.body.includes('"sha256"') ? reads.mediaOfFrame.all(row.frameId) : [] };
}
