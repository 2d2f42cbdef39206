import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { readContents } from './contents';
import { openForWriting } from './database';
import { isDiskTrouble, toFailure } from './failure';
import { FrameLog } from './frame-log';
import { type FolderLock, lockFolder } from './lock';
import { migrate } from './migrations';
import { StoreError } from './store-error';
import type { CommitRequest, WriterData, WriterReport, WriterRequest } from './writer-messages';

// The writer's thread: the only one that changes the database.

if (parentPort === null) throw new Error('writer-worker runs as a worker thread');
const port = parentPort;
const { dataDir, maxPages } = workerData as WriterData;

const say = (report: WriterReport) => port.postMessage(report);

function open(): { db: Database; lock: FolderLock } {
  const lock = lockFolder(dataDir);
  try {
    const db = openForWriting(dataDir);
    migrate(db);
    if (maxPages !== null) db.pragma(`max_page_count = ${maxPages}`);
    return { db, lock };
  } catch (error) {
    lock.release();
    throw asRefusal(error);
  }
}

function asRefusal(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  return new StoreError('unwritable', `The data folder ${dataDir} can't be opened: ${toFailure(error).message}`);
}

/** Everything that came while the last transaction was on its way to the disk. */
function takeWaiting(first: WriterRequest): WriterRequest[] {
  const requests = [first];
  for (;;) {
    const next: { message: WriterRequest } | undefined = receiveMessageOnPort(port);
    if (next === undefined) return requests;
    requests.push(next.message);
  }
}

function close(db: Database, lock: FolderLock): void {
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    // Everything is committed: what stays in the write-ahead log is read from there at the next start.
    if (!isDiskTrouble(error)) throw error;
  } finally {
    db.close();
    lock.release();
    port.close();
  }
}

function serve(db: Database, lock: FolderLock): void {
  const log = new FrameLog(db, dataDir);
  port.on('message', (first: WriterRequest) => {
    const requests = takeWaiting(first);
    const commits = requests.filter((request): request is CommitRequest => request.kind === 'commit');
    if (commits.length > 0) {
      const startedAt = performance.now();
      const answers = log.commit(commits);
      say({ kind: 'answers', answers, tookMs: performance.now() - startedAt });
    }
    if (commits.length < requests.length) {
      close(db, lock);
    }
  });
}

try {
  const { db, lock } = open();
  say({ kind: 'opened', ...readContents(db) });
  serve(db, lock);
} catch (error) {
  say({ kind: 'refused', failure: toFailure(error) });
  port.close();
}
