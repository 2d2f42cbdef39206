import type { Database } from 'better-sqlite3';
import { Boots } from './boots';
import { isDamage } from './damage';
import { delayOf } from './delays';
import { isDiskTrouble, toFailure } from './failure';
import { MediaFiles } from './media-files';
import { Owners } from './owners';
import { SessionCounters } from './session-counters';
import { SessionSpans } from './session-spans';
import { prepareWrites, type WriteStatements } from './statements/write-statements';
import { Trails } from './trails';
import { keepUnsaved, type UnsavedRows } from './unsaved-rows';
import {
  type CommitAnswer,
  type CommitRequest,
  DUPLICATE,
  frameCount,
  type PackedBatch,
  type PackedFrame,
  type PackedMedia,
  UNKNOWN_OWNER,
  unpackFrame,
} from './writer-messages';

/** Group commit: what several requests bring goes to the disk in one transaction, with one fsync. */
export class FrameLog {
  readonly #db: Database;
  readonly #statements: WriteStatements;
  readonly #media: MediaFiles;
  readonly #owners: Owners;
  readonly #boots: Boots;
  readonly #counters: SessionCounters;
  readonly #trails: Trails;
  readonly #spans: SessionSpans;
  /** The greatest id ever given to a frame; null: to be asked of the database. */
  #lastId: number | null = null;
  /** Rows a failing disk did not take. */
  readonly unsavedRows: UnsavedRows;

  /** What SQLite said when it met damage; null while it has not. */
  finding: string | null = null;

  /** @param unsavedRows of the log before it, when the database was replaced. */
  constructor(db: Database, dataDir: string, unsavedRows: UnsavedRows = new Map()) {
    this.unsavedRows = unsavedRows;
    this.#statements = prepareWrites(db);
    this.#media = new MediaFiles(dataDir);
    this.#owners = new Owners(this.#statements);
    this.#boots = new Boots(this.#statements);
    this.#counters = new SessionCounters(this.#statements);
    this.#trails = new Trails(this.#statements.trails);
    this.#spans = new SessionSpans(this.#statements);
    this.#db = db;
  }

  /** All or nothing: on a failure every request gets the same answer. @returns one answer each, in order. */
  async commit(requests: readonly CommitRequest[]): Promise<CommitAnswer[]> {
    try {
      const media = requests.flatMap((request) => request.media);
      // Files first: a file without a frame is harmless, a frame without its file is not.
      if (media.length > 0) await this.#media.keep(media);
      this.#statements.begin.run();
      for (const save of this.unsavedRows.values()) this.#owners.save(save);
      const answers = requests.map((request) => this.#apply(request));
      this.#counters.flush();
      this.#boots.flush();
      this.#trails.flushWhenMany(this.#lastFrameId);
      this.#statements.commit.run();
      this.unsavedRows.clear();
      return answers;
    } catch (error) {
      this.#undo();
      if (isDamage(error)) this.finding = String(error);
      if (isDiskTrouble(error))
        keepUnsaved(
          this.unsavedRows,
          requests.flatMap(({ rows }) => rows),
        );
      const failure = toFailure(error);
      return requests.map(() => ({ kind: 'failed', failure }));
    }
  }

  #apply(request: CommitRequest): CommitAnswer {
    for (const save of request.rows) this.#owners.save(save);
    const mediaOf = groupByFrame(request.media);
    const outcomes: number[] = [];
    for (let index = 0; index < frameCount(request); index += 1) {
      outcomes.push(this.#store(unpackFrame(request.cells, index), mediaOf.get(index) ?? []));
    }
    for (const { sessionId, deviceId, code, count } of request.refusals) this.#count(sessionId, deviceId, code, count);
    return { kind: 'committed', outcomes, upTo: request.batches.map((batch) => this.#settle(batch)) };
  }

  #store(frame: PackedFrame, media: readonly PackedMedia[]): number {
    const session = this.#owners.session(frame.sessionId);
    const device = this.#owners.device(frame.deviceId);
    if (session === undefined || device === undefined) return UNKNOWN_OWNER;
    const { seq, latitude, longitude, liveAtMs } = frame;
    const boot = frame.boot === null || seq === null ? null : this.#boots.findOrAdd(device, frame.boot);
    const isRepeat = boot !== null && seq !== null && this.#boots.isStored(boot, seq);
    const enter = boot === null || isRepeat ? null : this.#boots.entering(boot, session);
    const frameId = this.#lastFrameId + 1;
    if (isRepeat || !this.#insert(frameId, { session, device, boot: boot?.id ?? null }, frame)) {
      this.#counters.addUnstored(session, device, 'duplicate');
      return DUPLICATE;
    }
    this.#lastId = frameId;
    this.#spans.add(frameId, session);
    enter?.();
    if (boot !== null && seq !== null) this.#boots.store(boot, seq);
    if (latitude !== null && longitude !== null)
      this.#trails.add({ session, device, frameId, atMs: liveAtMs, latitude, longitude });
    let bytes = Buffer.byteLength(frame.body);
    for (const file of media) {
      this.#statements.insertMedia.run(file.sha256, file.bytes.byteLength, file.mime, file.extension);
      this.#statements.linkMedia.run(frameId, file.sha256);
      bytes += file.bytes.byteLength;
    }
    this.#counters.add(
      { session, device },
      { frameId, receivedAtMs: frame.receivedAtMs, liveAtMs, bytes, delayMs: delayOf(frame) },
      frame.kinds,
    );
    return frameId;
  }

  /** @returns false when the same item is there already. */
  #insert(
    frameId: number,
    row: { readonly session: number; readonly device: number; readonly boot: number | null },
    frame: PackedFrame,
  ): boolean {
    const { changes } = this.#statements.insertFrame.run(
      frameId,
      row.session,
      row.device,
      row.boot,
      row.boot === null ? null : frame.seq,
      frame.capturedAtMs,
      frame.receivedAtMs,
      frame.correctedAtMs,
      frame.liveAtMs,
      frame.batteryPct,
      frame.source,
      frame.flags,
      frame.latitude,
      frame.longitude,
      frame.body,
      frame.itemHash === null ? null : Buffer.from(frame.itemHash, 'hex'),
    );
    return changes > 0;
  }

  #settle({ deviceId, boot: name, count, refusedSeqs, dropped }: PackedBatch): number {
    const device = this.#owners.device(deviceId);
    if (device === undefined) return 0;
    const isNewsOfBoot = count > 0 || refusedSeqs.length > 0 || dropped !== null;
    const boot = isNewsOfBoot ? this.#boots.findOrAdd(device, name) : this.#boots.find(device, name);
    if (boot === undefined) return 0;
    this.#boots.refuse(boot, refusedSeqs);
    if (dropped) this.#count(dropped.sessionId, deviceId, 'dropped', this.#boots.drop(boot, dropped.ranges));
    return this.#boots.upTo(boot);
  }

  /** Of a device or session never saved nothing is kept, not even a count. */
  #count(sessionId: string, deviceId: string, outcome: string, frames: number): void {
    const session = this.#owners.session(sessionId);
    const device = this.#owners.device(deviceId);
    if (session === undefined || device === undefined || frames === 0) return;
    this.#counters.addUnstored(session, device, outcome, frames);
  }

  /** Before rows are erased: what is remembered of them is in the database then. */
  writeDown(): void {
    this.#statements.begin.run();
    try {
      this.#trails.flush(this.#lastFrameId);
      this.#statements.commit.run();
    } catch (error) {
      this.#undo();
      throw error;
    }
  }

  get #lastFrameId(): number {
    this.#lastId ??= this.#statements.lastFrameId.get() ?? 0;
    return this.#lastId;
  }

  #undo(): void {
    // SQLite rolls some failures back by itself (https://sqlite.org/lang_transaction.html, section 3.1).
    if (this.#db.inTransaction) this.#statements.rollback.run();
    this.forget();
  }

  /** Between transactions: rows changed behind the back of what is remembered of them. */
  forget(): void {
    this.#owners.forget();
    this.#boots.forget();
    this.#counters.forget();
    this.#trails.forget();
    this.#spans.forget();
    this.#lastId = null;
  }
}

function groupByFrame(media: readonly PackedMedia[]): ReadonlyMap<number, readonly PackedMedia[]> {
  const groups = new Map<number, PackedMedia[]>();
  for (const one of media) {
    const group = groups.get(one.frame);
    if (group) group.push(one);
    else groups.set(one.frame, [one]);
  }
  return groups;
}
