import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { ALL_FORMATS, Conversion, FilePathSource, FilePathTarget, Input, Output, WebMOutputFormat } from 'mediabunny';
import type { FinishJob, FinishReport } from './finish-messages';

// A recording of hours is read and written once more: not in the thread that takes frames in.

/** Copies what plays, without coding it anew, with its duration and an index. Durable when it resolves. */
async function finish({ from, half, to }: FinishJob): Promise<FinishReport> {
  const input = new Input({ source: new FilePathSource(from), formats: ALL_FORMATS });
  if (!(await input.canRead())) return { kind: 'nothing' };
  const output = new Output({ format: new WebMOutputFormat(), target: new FilePathTarget(half) });
  const conversion = await Conversion.init({ input, output, showWarnings: false });
  if (!conversion.isValid) return { kind: 'nothing' };
  await conversion.execute();
  const written = new Input({ source: new FilePathSource(half), formats: ALL_FORMATS });
  const durationMs = Math.round((await written.computeDuration()) * 1000);
  written.dispose();
  input.dispose();
  // Before the original is let go: a power cut would else leave a name without its bytes.
  await sync(half, 'r+');
  await rename(half, to);
  await syncFolder(dirname(to));
  return { kind: 'finished', durationMs };
}

async function sync(path: string, flags: string): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Windows opens no folders, and keeps names by itself. */
const syncFolder = (folder: string): Promise<void> =>
  process.platform === 'win32' ? Promise.resolve() : sync(folder, 'r');

if (parentPort === null) throw new Error('finish-worker runs as a worker thread');
const port = parentPort;
const say = (report: FinishReport): void => port.postMessage(report);
finish(workerData as FinishJob).then(say, (error: unknown) =>
  say({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
);
