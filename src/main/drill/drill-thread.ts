import { Worker } from 'node:worker_threads';
import type { DrillNews, DrillOrder, DrillReport } from './drill-messages';
import workerPath from './drill-worker?modulePath';
import { DrillRefused } from './options';

/** Phones that walk, on a thread of their own. */
export class DrillThread {
  /** Resolves with the sentence it ends with. Rejects with DrillRefused, or with what broke the thread. */
  readonly ended: Promise<string>;
  readonly #worker: Worker;

  constructor(order: DrillOrder, onNews: (news: DrillNews) => void) {
    const worker = new Worker(workerPath, { workerData: order, name: 'drill' });
    this.#worker = worker;
    this.ended = new Promise((resolve, reject) => {
      worker.on('message', (report: DrillReport) => {
        if (report.kind === 'ended') resolve(report.sentence);
        else if (report.kind === 'refused') reject(new DrillRefused(report.sentence));
        else onNews(report);
      });
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('The simulated phones were stopped.')));
    });
  }

  /** Captures no more; it ends when the last acks are there. */
  stop(): void {
    this.#worker.postMessage('stop');
  }

  /** At once. */
  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }
}
