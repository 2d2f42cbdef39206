import { rmSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { doesShrink } from './database';
import { resolveSelection } from './log-range';
import { stepsOf } from './log-steps';
import { mediaPath } from './media-files';
import { type ErasedFrame, prepareErasure } from './statements/erase-statements';
import { type LogRange, prepareReads, type ReadStatements } from './statements/read-statements';
import { StoreError } from './store-error';

/** Frames of one transaction: a few milliseconds, so that phones waiting for a commit hardly notice. */
const CHUNK_FRAMES = 250;

/**
 * How far an erasure is: id of a frame. All frames are blanked before the first is deleted: SQLite moves rows to
 * other pages as it deletes their neighbours, and does not wipe the place where they were. At last the file gives back
 * what has become free.
 */
export interface EraseCursor {
  readonly pass: 'blank' | 'delete' | 'shrink';
  readonly frameId: number;
}

/** What one step took away; `next` null: everything is gone. */
export interface EraseStep {
  readonly frames: number;
  /** SHA-256 of the files that went. */
  readonly media: readonly string[];
  readonly next: EraseCursor | null;
}

interface GoneFile {
  readonly sha256: string;
  readonly extension: string;
}

/** What is erased: an ended session, or everything of one device. */
export type EraseTarget = { readonly sessionId: string } | { readonly deviceId: string };

interface FramesToErase {
  readonly frames: readonly ErasedFrame[];
  /** Before a chunk of them is deleted. */
  readonly count: () => void;
  /** With the last of them. */
  readonly finish: () => void;
}

/** Pages given back in one transaction, 1 MiB: as many are moved there from the end of the file. */
const SHRINK_PAGES = 256;

const FIRST: EraseCursor = { pass: 'blank', frameId: 0 };

/**
 * Erases a session or a person step by step, each in a transaction of its own. No word of it stays in the file; copies
 * in the write-ahead log go when that is emptied (empty-log.ts).
 */
export class SessionEraser {
  readonly #db: Database;
  readonly #dataDir: string;
  readonly #statements: ReturnType<typeof prepareErasure>;
  readonly #reads: ReadStatements;

  constructor(db: Database, dataDir: string) {
    this.#db = db;
    this.#dataDir = dataDir;
    this.#statements = prepareErasure(db);
    this.#reads = prepareReads(db);
  }

  /** @throws StoreError not_found, current_session; what the disk says. */
  step(target: EraseTarget, after: EraseCursor | null): EraseStep {
    if (after?.pass === 'shrink') return this.#shrink();
    const gone: GoneFile[] = [];
    this.#db.pragma('secure_delete = ON');
    let step: EraseStep;
    try {
      step = this.#db.transaction(() => this.#takeStep(target, after ?? FIRST, gone)).immediate();
    } finally {
      this.#db.pragma('secure_delete = FAST');
    }
    // After the commit: a file without a row is only waste, a row without its file is a loss.
    for (const { sha256, extension } of gone) rmSync(mediaPath(this.#dataDir, sha256, extension), { force: true });
    return step;
  }

  #shrink(): EraseStep {
    const freePages = (): number => Number(this.#db.pragma('freelist_count', { simple: true }));
    const before = freePages();
    if (before > 0) this.#db.pragma(`incremental_vacuum(${SHRINK_PAGES})`);
    const after = freePages();
    const next = after > 0 && after < before ? ({ ...FIRST, pass: 'shrink' } as const) : null;
    return { frames: 0, media: [], next };
  }

  #takeStep(target: EraseTarget, at: EraseCursor, gone: GoneFile[]): EraseStep {
    const { frames, count, finish } =
      'sessionId' in target ? this.#ofSession(target.sessionId, at) : this.#ofDevice(target.deviceId, at);
    const last = frames.length === CHUNK_FRAMES ? frames.at(-1) : undefined;
    const { pass } = at;
    if (pass === 'blank') {
      for (const { frameId } of frames) this.#statements.blank.run(frameId);
      return { frames: 0, media: [], next: last ? { frameId: last.frameId, pass } : { ...FIRST, pass: 'delete' } };
    }
    this.#statements.keepLastFrameId.run();
    count();
    for (const frame of frames) this.#delete(frame, gone);
    if (!last) finish();
    const end = doesShrink(this.#db) ? ({ ...FIRST, pass: 'shrink' } as const) : null;
    return { frames: frames.length, media: gone.map(shaOf), next: last ? { frameId: last.frameId, pass } : end };
  }

  #ofSession(sessionId: string, { frameId }: EraseCursor): FramesToErase {
    const found = this.#statements.session.get(sessionId);
    if (!found) throw new StoreError('not_found', `There is no session "${sessionId}".`);
    if (found.endedAtMs === null) {
      throw new StoreError('current_session', 'The current session cannot be erased: stop it first.');
    }
    const { session } = found;
    this.#statements.deleteTrailsOfSession.run(session);
    const { range } = resolveSelection(this.#reads, { sessionId });
    return {
      frames: this.#framesOf(session, { ...range, firstFrameId: Math.max(range.firstFrameId, frameId + 1) }),
      count: () => {},
      finish: () => {
        for (const statement of this.#statements.deleteSession) statement.run(session);
      },
    };
  }

  #framesOf(session: number, rest: LogRange): ErasedFrame[] {
    const frames: ErasedFrame[] = [];
    for (const { firstFrameId, lastFrameId: lastId } of stepsOf(this.#reads, rest, () => false)) {
      const limit = CHUNK_FRAMES - frames.length;
      frames.push(...this.#statements.frames.all({ session, afterId: firstFrameId - 1, lastId, limit }));
      if (frames.length === CHUNK_FRAMES) break;
    }
    return frames;
  }

  /** The device stays, without its counters: its seqs are settled by it, and what was erased is counted for it. */
  #ofDevice(deviceId: string, { frameId: afterId }: EraseCursor): FramesToErase {
    const device = this.#statements.device.get(deviceId);
    if (device === undefined) throw new StoreError('not_found', `There is no device "${deviceId}".`);
    this.#statements.deleteTrailsOfDevice.run({ device });
    this.#statements.deleteTrackCheckpointsOfDevice.run({ device });
    const frames = this.#statements.framesOfDevice.all({ device, afterId, limit: CHUNK_FRAMES });
    return {
      frames,
      count: () => {
        const counts = new Map<number, number>();
        for (const { session } of frames) counts.set(session, (counts.get(session) ?? 0) + 1);
        for (const [session, times] of counts) this.#statements.countErased.run(session, device, times);
      },
      finish: () => {
        this.#statements.deleteCounters.run(device);
        this.#statements.silenceAudit.run(deviceId);
      },
    };
  }

  #delete({ frameId, boot, seq }: ErasedFrame, gone: GoneFile[]): void {
    const media = this.#statements.mediaOf.all(frameId);
    this.#statements.unlinkMedia.run(frameId);
    this.#statements.deleteFrame.run(frameId);
    if (boot !== null && seq !== null) this.#settle(boot, seq);
    for (const one of media) this.#eraseUnseen(one, gone);
  }

  /** So that the phone is never asked for it again. Runs grow by one row, not by one row a frame. */
  #settle(boot: number, seq: number): void {
    const from = this.#statements.erasedUpTo.get(boot, seq - 1);
    if (from !== undefined) this.#statements.deleteErased.run(boot, seq - 1, from);
    this.#statements.insertErased.run(boot, from ?? seq, seq);
  }

  #eraseUnseen(media: number, gone: GoneFile[]): void {
    if (this.#statements.isSeen.get(media) !== undefined) return;
    const file = this.#statements.file.get(media);
    this.#statements.deleteMedia.run(media);
    if (file) gone.push(file);
  }
}

const shaOf = ({ sha256 }: GoneFile): string => sha256;
