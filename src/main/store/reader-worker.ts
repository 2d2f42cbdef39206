import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { isDamage } from './damage';
import { openForReading } from './database';
import { toFailure } from './failure';
import { createQueries, type Queries } from './queries';
import type { ReaderData, ReaderReport, ReaderRequest } from './reader-messages';
import { isUp, newStopSign } from './stop-sign';

// A reader, in a thread or in a process of its own: its own connection, so that no query ever waits for a commit or holds one up.

/** The other end of reader-line.ts. */
interface Port {
  postMessage(report: ReaderReport): void;
  on(event: 'message', listener: (request: ReaderRequest | 'close') => void): unknown;
  close(): void;
}

const port: Port = parentPort ?? processPort();
const { dataDir, stopSign }: ReaderData =
  parentPort === null ? { dataDir: process.argv[2] ?? '', stopSign: newStopSign() } : (workerData as ReaderData);

function processPort(): Port {
  // Phones go first: nobody waits for a check or a backup.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  // Sent to all processes of a terminal or a service: the hub ends its readers itself, after what it has to do first.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  // The hub is gone, even by SIGKILL.
  process.once('disconnect', () => process.exit());
  return {
    postMessage: (report) => void process.send?.(report),
    on: (event, listener) => process.on(event, (message) => listener(message as ReaderRequest | 'close')),
    close: () => process.disconnect(),
  };
}

const say = (report: ReaderReport) => port.postMessage(report);

const tellDamage = (finding: string) => say({ kind: 'damaged', finding });

function answer(queries: Queries, { id, call, params }: ReaderRequest): ReaderReport {
  const startedAt = performance.now();
  try {
    // The request type ties the parameters to the call; TypeScript can't follow that through a union of names.
    const query = queries[call] as (params: unknown) => unknown;
    return { kind: 'result', id, result: query(params), tookMs: performance.now() - startedAt };
  } catch (error) {
    if (isDamage(error)) tellDamage(String(error));
    return { kind: 'failed', id, failure: toFailure(error) };
  }
}

try {
  const db = openForReading(dataDir);
  const queries = createQueries(db, dataDir, { onDamage: tellDamage, isStopped: () => isUp(stopSign) });
  port.on('message', (request: ReaderRequest | 'close') => {
    if (request !== 'close') {
      say(answer(queries, request));
      return;
    }
    db.close();
    port.close();
  });
} catch (error) {
  say({ kind: 'failed', id: null, failure: toFailure(error) });
  port.close();
}
