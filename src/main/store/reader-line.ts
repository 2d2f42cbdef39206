import { fork } from 'node:child_process';
import { Worker } from 'node:worker_threads';
import type { ReaderData, ReaderReport, ReaderRequest } from './reader-messages';
import workerPath from './reader-worker?modulePath';

/** This thread's end of the line to a reader. */
export interface ReaderLine {
  post(message: ReaderRequest | 'close'): void;
  onReport(listener: (report: ReaderReport) => void): void;
  /** Called once. @param cause an error that ended it, else null. */
  onExit(listener: (cause: unknown) => void): void;
  /** At once, whatever a process does; a thread only when SQLite returns. */
  kill(): void;
}

/** A reader in a thread: for questions that are answered soon. @param name for debuggers */
export function readerThread(data: ReaderData, name: string): ReaderLine {
  const worker = new Worker(workerPath, { workerData: data, name });
  let cause: unknown = null;
  worker.on('error', (error: unknown) => {
    cause = error;
  });
  return {
    post: (message) => worker.postMessage(message),
    onReport: (listener) => worker.on('message', listener),
    onExit: (listener) => worker.once('exit', () => listener(cause)),
    kill: () => void worker.terminate(),
  };
}

/**
 * A reader in a process of its own: for what takes as long as the log is large. Nothing can end a thread that is inside
 * SQLite, and as long as there is one its process does not end either.
 */
export function readerProcess(dataDir: string): ReaderLine {
  const child = fork(workerPath, [dataDir], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
    // Electron's binary is Node when it is told so.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  // One that is gone hears nothing; its end is told by itself.
  const post = (message: ReaderRequest | 'close') => void child.send(message, () => {});
  return {
    post,
    onReport: (listener) => child.on('message', (report) => listener(report as ReaderReport)),
    onExit: (listener) => {
      const tell = (cause: unknown): void => {
        child.removeAllListeners();
        child.on('error', () => {});
        listener(cause);
      };
      // Not started: then there is no exit.
      child.once('error', tell);
      child.once('exit', () => tell(null));
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
