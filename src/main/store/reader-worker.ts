import { parentPort, workerData } from 'node:worker_threads';
import { isDamage } from './damage';
import { openForReading } from './database';
import { toFailure } from './failure';
import { createQueries, type Queries } from './queries';
import type { ReaderData, ReaderReport, ReaderRequest } from './reader-messages';

// A reader's thread: its own connection, so that no query ever waits for a commit or holds one up.

if (parentPort === null) throw new Error('reader-worker runs as a worker thread');
const port = parentPort;
const { dataDir } = workerData as ReaderData;

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
  const queries = createQueries(db, dataDir, tellDamage);
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
