import { fromFailure } from './failure';
import { type ReaderLine, readerProcess, readerThread } from './reader-line';
import type { ReaderCallName, ReaderCalls, ReaderReport, ReaderRequest } from './reader-messages';
import { newStopSign, putUp, type StopSign } from './stop-sign';
import type { StoreLog } from './store';
import { StoreError } from './store-error';

/** A query slower than this is missing an index, or the disk is. */
const SLOW_QUERY_MS = 100;

/** These read everything: they take as long as the log is large. */
const LONG_CALLS: ReadonlySet<ReaderCallName> = new Set(['check', 'lostMedia', 'backup', 'completeBackup']);

interface Pending {
  readonly call: ReaderCallName;
  resolve(result: unknown): void;
  reject(error: StoreError): void;
}

/** This thread's end of one reader. Questions are answered one after another. */
export class ReaderClient {
  readonly #line: ReaderLine;
  readonly #stopSign: StopSign;
  readonly #log: StoreLog;
  readonly #pending = new Map<number, Pending>();
  readonly #exited: Promise<void>;
  #nextId = 1;
  /** Why it answers no more; null while it does. */
  #end: StoreError | null = null;
  #isClosing = false;
  /** It ended by itself, without a word. */
  hasCrashed = false;
  /** Called when it has crashed, after everybody who waited for an answer was told. */
  onCrash: () => void = () => {};
  /** Called with what it met of it, before the question is answered. */
  onDamage: (finding: string) => void = () => {};

  private constructor(line: ReaderLine, stopSign: StopSign, log: StoreLog) {
    this.#log = log;
    this.#line = line;
    this.#stopSign = stopSign;
    line.onReport((report) => this.#settle(report));
    this.#exited = new Promise((resolve) =>
      line.onExit((cause) => {
        this.#ended(cause);
        resolve();
      }),
    );
  }

  /** For questions that are answered soon. @param name of the thread, for debuggers. */
  static inThread(dataDir: string, name: string, log: StoreLog): ReaderClient {
    const stopSign = newStopSign();
    return new ReaderClient(readerThread({ dataDir, stopSign }, name), stopSign, log);
  }

  /** For those that take as long as the log is large: it can be ended at any time. */
  static inProcess(dataDir: string, log: StoreLog): ReaderClient {
    return new ReaderClient(readerProcess(dataDir), newStopSign(), log);
  }

  /** @throws StoreError as the question's doc in store.ts says; also no_data, older_schema, newer_schema. */
  ask<N extends ReaderCallName>(call: N, params: ReaderCalls[N]['params']): Promise<ReaderCalls[N]['result']> {
    return new Promise((resolve, reject) => {
      if (this.#end) throw this.#end;
      const id = this.#nextId++;
      // The id ties the answer to this call, and with it to its result type.
      this.#pending.set(id, { call, resolve: resolve, reject });
      this.#line.post({ id, call, params } as ReaderRequest);
    });
  }

  /** After the questions asked so far; those that take long are refused. */
  async close(): Promise<void> {
    this.#isClosing = true;
    putUp(this.#stopSign);
    if (this.#end === null) this.#line.post('close');
    await this.#exited;
  }

  /** At once: a question under way is not answered. Of one in a process. */
  async terminate(): Promise<void> {
    this.#isClosing = true;
    this.#line.kill();
    await this.#exited;
  }

  #settle(report: ReaderReport): void {
    if (report.kind === 'damaged') {
      this.#log('warn', 'the reader met damage', { finding: report.finding });
      this.onDamage(report.finding);
      return;
    }
    if (report.kind === 'failed' && report.id === null) {
      this.#stop(fromFailure(report.failure));
      return;
    }
    const pending = report.id === null ? undefined : this.#pending.get(report.id);
    if (report.id === null || pending === undefined) return;
    this.#pending.delete(report.id);
    if (report.kind === 'failed') {
      pending.reject(fromFailure(report.failure));
      return;
    }
    if (report.tookMs > SLOW_QUERY_MS && !LONG_CALLS.has(pending.call)) {
      this.#log('warn', 'slow query', { query: pending.call, tookMs: Math.round(report.tookMs) });
    }
    pending.resolve(report.result);
  }

  #ended(cause: unknown): void {
    this.hasCrashed = this.#end === null && !this.#isClosing;
    if (this.hasCrashed) {
      this.#log('error', 'reader ended', { cause });
      this.#stop(new StoreError('storage_unavailable', 'The reader has ended.'));
      this.onCrash();
    } else this.#stop(new StoreError('closed', 'The store is closed.'));
  }

  #stop(reason: StoreError): void {
    this.#end ??= reason;
    for (const pending of this.#pending.values()) pending.reject(this.#end);
    this.#pending.clear();
  }
}
