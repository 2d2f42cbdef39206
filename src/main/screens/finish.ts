import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { FinishJob, FinishReport } from './finish-messages';
import workerPath from './finish-worker?modulePath';

/**
 * Gives a recording its duration and its index, in a thread of its own. Whole even when it was cut off anywhere.
 * @param signal ends the thread; that is a failure
 */
export async function finishRecording(job: FinishJob, signal: AbortSignal): Promise<FinishReport> {
  const worker = new Worker(workerPath, { workerData: job });
  try {
    const [report] = (await once(worker, 'message', { signal })) as [FinishReport];
    return report;
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  } finally {
    await worker.terminate();
  }
}
