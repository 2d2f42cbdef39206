import { renameSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { ALL_FORMATS, Conversion, FilePathSource, FilePathTarget, Input, Output, WebMOutputFormat } from 'mediabunny';
import type { FinishJob, FinishReport } from './finish-messages';

// A recording of hours is read and written once more: not in the thread that takes frames in.

/** Copies what plays, without coding it anew, with its duration and an index. @returns its duration, ms */
async function finish({ from, to }: FinishJob): Promise<number> {
  const half = `${to}.half`;
  const input = new Input({ source: new FilePathSource(from), formats: ALL_FORMATS });
  const output = new Output({ format: new WebMOutputFormat(), target: new FilePathTarget(half) });
  const conversion = await Conversion.init({ input, output, showWarnings: false });
  if (!conversion.isValid) throw new Error('there is nothing in it that plays');
  await conversion.execute();
  const written = new Input({ source: new FilePathSource(half), formats: ALL_FORMATS });
  const durationMs = Math.round((await written.computeDuration()) * 1000);
  written.dispose();
  input.dispose();
  renameSync(half, to);
  return durationMs;
}

if (parentPort === null) throw new Error('finish-worker runs as a worker thread');
const port = parentPort;
const say = (report: FinishReport): void => port.postMessage(report);
finish(workerData as FinishJob).then(
  (durationMs) => say({ kind: 'finished', durationMs }),
  (error: unknown) => say({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
);
