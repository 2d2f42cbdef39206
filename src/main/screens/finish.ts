import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import workerPath from './finish-worker?modulePath';

/** A recording as it came, and the file that plays and seeks. */
export interface FinishJob {
  readonly from: string;
  readonly to: string;
}

/** What the worker says, once. */
export type FinishReport =
  | { readonly kind: 'finished'; readonly durationMs: number }
  | { readonly kind: 'failed'; readonly reason: string };

/** Gives a recording its duration and its index, in a thread of its own. Whole even when it was cut off anywhere. */
export async function finishRecording(job: FinishJob): Promise<FinishReport> {
  const worker = new Worker(workerPath, { workerData: job });
  try {
    const [report] = (await once(worker, 'message')) as [FinishReport];
    return report;
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  } finally {
    await worker.terminate();
  }
}
