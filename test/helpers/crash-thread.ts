import type { Worker } from 'node:worker_threads';

/** The threads this process starts from here on, by name, so that a test can end one as a crash does: in mid-sentence. */
export function watchThreads(): { crash(name: string): Promise<void>; running(name: string): boolean } {
  const threads = new Map<string, Worker>();
  process.on('worker', (worker: Worker) => {
    const name = worker.threadName ?? '';
    threads.set(name, worker);
    worker.once('exit', () => {
      if (threads.get(name) === worker) threads.delete(name);
    });
  });
  return {
    async crash(name) {
      const thread = threads.get(name);
      if (!thread) throw new Error(`no thread ${name} is running`);
      await thread.terminate();
    },
    running: (name) => threads.has(name),
  };
}
