import { parentPort, workerData } from 'node:worker_threads';
import { findCapacity } from './capacity';
import { runDrill } from './drill';
import type { DrillOrder, DrillReport } from './drill-messages';
import { DrillRefused } from './options';

// The phones' thread: thousands of them on the hub's own would hold up the phones that are real.

if (parentPort === null) throw new Error('drill-worker runs as a worker thread');
const port = parentPort;
const order = workerData as DrillOrder;
const stop = new AbortController();

const say = (report: DrillReport) => port.postMessage(report);

async function run(): Promise<string> {
  if (order.mode === 'phones') {
    const { phones } = order;
    const result = await runDrill({ ...order, signal: stop.signal }, (progress) =>
      say({ kind: 'progress', progress: { ...progress, phones } }),
    );
    return result.sentence;
  }
  const capacity = await findCapacity(
    { ...order, signal: stop.signal },
    (progress) => say({ kind: 'progress', progress }),
    ({ phones, held, result }) => say({ kind: 'step', phones, held, p99Ms: result.latencyMs.p99 }),
  );
  return capacity.sentence;
}

port.once('message', () => stop.abort());
run()
  .then(
    (sentence) => say({ kind: 'ended', sentence }),
    (error: unknown) => {
      if (!(error instanceof DrillRefused)) throw error;
      say({ kind: 'refused', sentence: error.message });
    },
  )
  .finally(() => port.close());
