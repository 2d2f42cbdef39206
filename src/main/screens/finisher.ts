import { statSync } from 'node:fs';
import { type FreeBytes, hasRoom } from './disk-room';
import { finishRecording } from './finish';
import type { RecordingFiles } from './recording-files';

/** What came of it. */
export type Finished =
  | { readonly kind: 'ready'; readonly durationMs: number; readonly bytes: number }
  | { readonly kind: 'nothing' };

interface Options {
  readonly files: RecordingFiles;
  readonly freeBytes: FreeBytes;
  readonly retryMs: number;
  readonly log: (message: string, detail: object) => void;
  /** Keeps what came of it, durably: the file as it came is let go then. False: it has been removed meanwhile. */
  done(recordingId: string, finished: Finished): Promise<boolean>;
}

/** A recording that fails so often is left for the next start: each try reads and writes it whole. */
const MOST_TRIES = 3;

/**
 * Finishes recordings one after the other: each is read and written whole. One for whose copy the disk has no room waits
 * until there is.
 */
export class Finisher {
  readonly #options: Options;
  /** Failed tries, of those that wait. */
  readonly #waiting = new Map<string, number>();
  readonly #end = new AbortController();
  #turn: Promise<void> = Promise.resolve();
  #retry: NodeJS.Timeout | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  add(recordingId: string): void {
    this.#line(recordingId, 0);
  }

  /** It has been removed. */
  forget(recordingId: string): void {
    this.#waiting.delete(recordingId);
  }

  /** Resolves when each that was added is finished or waits. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  /** Space may have come back. */
  tryAgain(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const [recordingId, tries] of waiting) {
      if (tries < MOST_TRIES) this.#line(recordingId, tries);
    }
  }

  /** Waits for what is being finished, but not longer than this; the next start goes on. */
  async close(patienceMs: number): Promise<void> {
    clearTimeout(this.#retry);
    const timer = setTimeout(() => this.#end.abort(), patienceMs);
    await this.#turn;
    clearTimeout(timer);
    clearTimeout(this.#retry);
    this.#end.abort();
  }

  #line(recordingId: string, tries: number): void {
    this.#turn = this.#turn
      .then(() => this.#finish(recordingId, tries))
      .catch((error: unknown) => {
        this.#options.log('a recording could not be finished', { recordingId, err: error });
        this.#wait(recordingId, tries + 1);
      });
  }

  async #finish(recordingId: string, tries: number): Promise<void> {
    const { files, freeBytes, log } = this.#options;
    const [from, half, to] = [files.part(recordingId), files.half(recordingId), files.whole(recordingId)];
    const size = statSync(from, { throwIfNoEntry: false })?.size;
    if (size === undefined) {
      await this.#options.done(recordingId, { kind: 'nothing' });
      return;
    }
    if (this.#end.signal.aborted) return;
    if (!(await hasRoom(freeBytes, size))) {
      this.#wait(recordingId, tries);
      return;
    }
    const report = await finishRecording({ from, half, to }, this.#end.signal);
    if (report.kind !== 'finished') files.dropHalf(recordingId);
    if (report.kind === 'failed') {
      log('a recording could not be finished', { recordingId, reason: report.reason });
      this.#wait(recordingId, tries + 1);
      return;
    }
    if (report.kind === 'nothing') log('a recording has nothing that plays', { recordingId });
    const finished: Finished =
      report.kind === 'nothing' ? report : { ...report, kind: 'ready', bytes: statSync(to).size };
    const isThere = await this.#options.done(recordingId, finished);
    if (!isThere) files.remove(recordingId);
    else if (finished.kind === 'ready') files.dropPart(recordingId);
  }

  #wait(recordingId: string, tries: number): void {
    this.#waiting.set(recordingId, tries);
    if (this.#retry || this.#end.signal.aborted) return;
    this.#retry = setTimeout(() => this.tryAgain(), this.#options.retryMs);
    this.#retry.unref();
  }
}
