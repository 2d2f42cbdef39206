import { rmSync, writeFileSync } from 'node:fs';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { readContents } from './contents';
import { damagedMark, isDamage, isKnownDamaged } from './damage';
import { learnToShrink, openForWriting } from './database';
import { emptyLog } from './empty-log';
import { isDiskTrouble, toFailure } from './failure';
import { FrameLog } from './frame-log';
import { type FolderLock, lockFolder } from './lock';
import { migrate } from './migrations';
import { finishSalvage, lossesOf, salvage } from './salvage';
import { type EraseCursor, type EraseTarget, SessionEraser } from './session-eraser';
import { isUp } from './stop-sign';
import type { Salvage } from './store';
import { StoreError } from './store-error';
import type { CommitRequest, WriterData, WriterReport, WriterRequest } from './writer-messages';

// The writer's thread: the only one that changes the database.

if (parentPort === null) throw new Error('writer-worker runs as a worker thread');
const port = parentPort;
const { dataDir, maxPages, stopSign } = workerData as WriterData;

/** A reader is gone after a page; an export holds its moment for minutes. */
const EMPTY_AGAIN_MS = 1_000;

const say = (report: WriterReport) => port.postMessage(report);

type Contents = ReturnType<typeof readContents>;

interface OpenedDatabase {
  readonly db: Database;
  readonly read: Contents;
  readonly salvage: Salvage | null;
}

function openDatabase(): { db: Database; read: Contents } {
  const db = openForWriting(dataDir);
  try {
    migrate(db);
    learnToShrink(db);
    if (maxPages !== null) db.pragma(`max_page_count = ${maxPages}`);
    return { db, read: readContents(db) };
  } catch (error) {
    db.close();
    throw error;
  }
}

function openOrSalvage(): OpenedDatabase {
  const finished = finishSalvage(dataDir);
  try {
    if (finished !== null) rmSync(damagedMark(dataDir), { force: true });
    if (!isKnownDamaged(dataDir)) {
      const opened = openDatabase();
      return { ...opened, salvage: finished === null ? null : { keptAs: finished, ...lossesOf(opened.db) } };
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  const done = salvage(dataDir, () => isUp(stopSign));
  rmSync(damagedMark(dataDir), { force: true });
  return { ...openDatabase(), salvage: done };
}

function open(): OpenedDatabase & { lock: FolderLock } {
  const lock = lockFolder(dataDir);
  try {
    return { ...openOrSalvage(), lock };
  } catch (error) {
    lock.release('unchecked');
    throw asRefusal(error);
  }
}

function asRefusal(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  return new StoreError('unwritable', `The data folder ${dataDir} can't be opened: ${toFailure(error).message}`);
}

/** The database, the log on it, and their replacement when it is damaged. */
class Writer {
  #db: Database;
  #log: FrameLog;
  readonly #lock: FolderLock;
  #isDamaged = false;

  constructor(db: Database, lock: FolderLock) {
    this.#db = db;
    this.#log = new FrameLog(db, dataDir);
    this.#lock = lock;
  }

  async commit(requests: readonly CommitRequest[]): Promise<void> {
    const startedAt = performance.now();
    const answers = await this.#log.commit(requests);
    say({ kind: 'answers', answers, tookMs: performance.now() - startedAt });
    if (this.#log.finding === null || this.#isDamaged) return;
    this.#isDamaged = true;
    say({ kind: 'damaged', finding: this.#log.finding });
  }

  erase(target: EraseTarget, after: EraseCursor | null): void {
    try {
      this.#log.writeDown();
      const step = new SessionEraser(this.#db, dataDir).step(target, after);
      const isErased = step.next === null || step.next.pass === 'shrink';
      if (isErased && after?.pass !== 'shrink') this.#log.forget();
      if (step.next === null) this.#emptyLog();
      say({ kind: 'erased', step });
    } catch (error) {
      say({ kind: 'not_erased', failure: toFailure(error) });
    }
  }

  /** Again and again while a reader holds it; at the latest it is emptied when the store is closed. */
  #emptyLog(): void {
    if (this.#db.open && !emptyLog(this.#db)) setTimeout(() => this.#emptyLog(), EMPTY_AGAIN_MS).unref();
  }

  salvage(): void {
    this.#isDamaged = true;
    try {
      // Should it fail or be cut short, the next start tries again.
      writeFileSync(damagedMark(dataDir), '');
      const unsaved = this.#log.unsavedRows;
      this.#db.close();
      const opened = openOrSalvage();
      this.#db = opened.db;
      this.#log = new FrameLog(opened.db, dataDir, unsaved);
      this.#isDamaged = false;
      if (opened.salvage) say({ kind: 'salvaged', salvage: opened.salvage });
    } catch (error) {
      this.#reopen();
      say({ kind: 'not_salvaged', failure: toFailure(error) });
    }
  }

  close(isChecked: boolean): void {
    try {
      this.#log.writeDown();
      this.#db.pragma('wal_checkpoint(TRUNCATE)');
    } catch (error) {
      // Everything is committed: what stays in the write-ahead log is read from there at the next start.
      if (!isDiskTrouble(error)) throw error;
    } finally {
      this.#db.close();
      this.#lock.release(isChecked ? 'clean' : 'unchecked');
      port.close();
    }
  }

  /** What reads still reads, and what can be written is written. */
  #reopen(): void {
    if (this.#db.open) return;
    this.#db = openForWriting(dataDir);
    this.#log = new FrameLog(this.#db, dataDir, this.#log.unsavedRows);
  }
}

/** Carries out requests one after the other, in order. */
class Desk {
  readonly #writer: Writer;
  #waiting: WriterRequest[] = [];
  #isBusy = false;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  take(request: WriterRequest): void {
    this.#waiting.push(request);
    if (!this.#isBusy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    for (let requests = this.#takeAll(); requests.length > 0; requests = this.#takeAll()) {
      for (let at = 0; at < requests.length; at += 1) {
        const request = requests[at];
        if (request?.kind === 'salvage') this.#writer.salvage();
        else if (request?.kind === 'erase') this.#writer.erase(request.target, request.after);
        else if (request?.kind === 'close') this.#writer.close(request.isChecked);
        else if (request?.kind === 'commit') {
          const end = requests.findIndex(({ kind }, index) => index > at && kind !== 'commit');
          const commits = requests.slice(at, end === -1 ? undefined : end) as CommitRequest[];
          await this.#writer.commit(commits);
          at += commits.length - 1;
        }
      }
    }
    this.#isBusy = false;
  }

  /** Everything that came while the last transaction was on its way to the disk. */
  #takeAll(): readonly WriterRequest[] {
    const requests = this.#waiting;
    this.#waiting = [];
    for (;;) {
      const next: { message: WriterRequest } | undefined = receiveMessageOnPort(port);
      if (next === undefined) return requests;
      requests.push(next.message);
    }
  }
}

try {
  const { db, lock, read, salvage: done } = open();
  say({ kind: 'opened', ...read, wasUnclean: lock.wasUnclean, salvage: done });
  const desk = new Desk(new Writer(db, lock));
  port.on('message', (request: WriterRequest) => desk.take(request));
} catch (error) {
  say({ kind: 'refused', failure: toFailure(error) });
  port.close();
}
