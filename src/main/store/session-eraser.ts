import { rmSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { mediaPath } from './media-files';
import { prepareErasure } from './statements/erase-statements';
import { StoreError } from './store-error';

/** Frames of one transaction: a few milliseconds, so that phones waiting for a commit hardly notice. */
const CHUNK_FRAMES = 250;

/** The place in a session up to which it is erased: time and id of a frame. */
export interface EraseCursor {
  readonly receivedAtMs: number;
  readonly frameId: number;
}

/** What one step took away; `next` null: the session is gone. */
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

/** Erases a session step by step, each in a transaction of its own. What is deleted is overwritten in the file. */
export class SessionEraser {
  readonly #db: Database;
  readonly #dataDir: string;
  readonly #statements: ReturnType<typeof prepareErasure>;

  constructor(db: Database, dataDir: string) {
    this.#db = db;
    this.#dataDir = dataDir;
    this.#statements = prepareErasure(db);
  }

  /** @throws StoreError not_found, current_session; what the disk says. */
  step(sessionId: string, after: EraseCursor | null): EraseStep {
    const gone: GoneFile[] = [];
    this.#db.pragma('secure_delete = ON');
    // To let a session go SQLite would look through all frames for one of it; children are deleted here, before it.
    this.#db.pragma('foreign_keys = OFF');
    let step: EraseStep;
    try {
      step = this.#db.transaction(() => this.#eraseSome(sessionId, after, gone)).immediate();
    } finally {
      this.#db.pragma('foreign_keys = ON');
      this.#db.pragma('secure_delete = OFF');
    }
    // After the commit: a file without a row is only waste, a row without its file is a loss.
    for (const { sha256, extension } of gone) rmSync(mediaPath(this.#dataDir, sha256, extension), { force: true });
    return step;
  }

  #eraseSome(sessionId: string, after: EraseCursor | null, gone: GoneFile[]): EraseStep {
    const found = this.#statements.session.get(sessionId);
    if (!found) throw new StoreError('not_found', `There is no session "${sessionId}".`);
    if (found.endedAtMs === null) {
      throw new StoreError('current_session', 'The current session cannot be erased: stop it first.');
    }
    const { session } = found;
    const frames = this.#statements.frames.all({
      session,
      fromMs: after?.receivedAtMs ?? -Infinity,
      afterId: after?.frameId ?? 0,
      limit: CHUNK_FRAMES,
    });
    for (const { frameId, boot, seq } of frames) {
      const media = this.#statements.mediaOf.all(frameId);
      this.#statements.unlinkMedia.run(frameId);
      this.#statements.deleteFrame.run(frameId);
      if (boot !== null && seq !== null) this.#settle(boot, seq);
      for (const one of media) this.#eraseUnseen(one, gone);
    }
    const last = frames.at(-1);
    if (frames.length === CHUNK_FRAMES && last) return { frames: frames.length, media: gone.map(shaOf), next: last };
    for (const statement of this.#statements.deleteSession) statement.run(session);
    return { frames: frames.length, media: gone.map(shaOf), next: null };
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
