import { Worker } from 'node:worker_threads';
import type { AppendOutcome, Receipt, SeqRange } from '../../common/model/delivery';
import { fromFailure } from './failure';
import type { EraseCursor, EraseStep, EraseTarget } from './session-eraser';
import { newStopSign, putUp } from './stop-sign';
import type { BatchOutcome, NewFrame, Salvage, StoreLog } from './store';
import { StoreError } from './store-error';
import { keepUnsaved, type UnsavedRows } from './unsaved-rows';
import { Waiting } from './waiting';
import {
  type CommitAnswer,
  type CommitRequest,
  DUPLICATE,
  newCommitRequest,
  type PackedRefusal,
  packFrame,
  type RowSave,
  UNKNOWN_OWNER,
  type WriterData,
  type WriterReport,
  type WriterRequest,
} from './writer-messages';
import workerPath from './writer-worker?modulePath';

/** A commit slower than this is worth a line in the log: phones wait for it. */
const SLOW_COMMIT_MS = 500;

/**
 * Frames that are not held back until the end of the turn: when thousands are readable at once, the writer begins with the first
 * while the others are parsed.
 */
const MOST_FRAMES = 128;

/** Settles what one call of the facade waits for, out of the answer to the whole request. */
interface Caller {
  done(answer: Extract<CommitAnswer, { kind: 'committed' }>): void;
  failed(error: StoreError): void;
}

/** Who waits for one request. */
interface Sent {
  readonly callers: Caller[];
  /** Of the request. What else it holds is the writer's by then: kept here it would only be more to collect. */
  readonly rows: readonly RowSave[];
  frames: number;
  /** Of frames and media. */
  bytes: number;
}

/** One request that is being gathered. */
interface Turn {
  readonly request: CommitRequest;
  readonly sent: Sent;
}

/** What the writer said when it was ready. */
export type Opened = Extract<WriterReport, { kind: 'opened' }>;

/** This thread's end of the writer: gathers the calls of one turn of the event loop into one message. */
export class WriterClient {
  readonly waiting = new Waiting();
  readonly stats = { commits: 0, frames: 0, duplicates: 0 };
  readonly #data: WriterData;
  readonly #log: StoreLog;
  readonly #unanswered: Sent[] = [];
  /** What the writer may not have saved yet: should it crash, the next one begins with it. */
  readonly #unsavedRows: UnsavedRows = new Map();
  #worker: Worker | null = null;
  #exited: Promise<void> = Promise.resolve();
  /** Called when a writer that worked has crashed, before everything that waited for it is told. */
  onCrash: () => void = () => {};
  /** Called with what SQLite said when a commit met damage, once until it is salvaged. */
  onDamage: (finding: string) => void = () => {};
  #erasing: { resolve(step: EraseStep): void; reject(error: StoreError): void } | null = null;
  #salvaging: { resolve(salvage: Salvage): void; reject(error: StoreError): void } | null = null;
  #turn: Turn | null = null;
  #isClosing = false;
  /** Why nothing can be written any more; null while it can. */
  #death: StoreError | null = null;

  private constructor(data: WriterData, log: StoreLog) {
    this.#data = data;
    this.#log = log;
  }

  /** @param stop gives up a salvage on the way. @throws StoreError locked, unwritable, newer_schema; closed: given up */
  static async open(
    data: Omit<WriterData, 'stopSign'>,
    log: StoreLog,
    stop?: AbortSignal,
  ): Promise<{ client: WriterClient; opened: Opened }> {
    const client = new WriterClient({ ...data, stopSign: newStopSign() }, log);
    const hurry = (): void => client.hurry();
    if (stop?.aborted === true) hurry();
    stop?.addEventListener('abort', hurry);
    try {
      return { client, opened: await client.#start() };
    } finally {
      stop?.removeEventListener('abort', hurry);
    }
  }

  /**
   * After a crash: another thread on the same folder. Resolves once it has committed, the rows left unsaved among it.
   * @throws StoreError as {@link WriterClient.open}; storage_unavailable: it crashed, too; closed
   */
  async restart(): Promise<Opened> {
    if (this.#isClosing) throw new StoreError('closed', 'The store is closed.');
    const opened = await this.#start();
    await this.#call<void>((turn, resolve) => {
      // Before what was saved since: that is newer.
      turn.request.rows.unshift(...this.#unsavedRows.values());
      return () => resolve();
    });
    return opened;
  }

  #start(): Promise<Opened> {
    const worker = new Worker(workerPath, { workerData: this.#data, name: 'store-writer' });
    this.#worker = worker;
    // Nothing can be written before it has opened the folder.
    this.#death ??= new StoreError('storage_unavailable', 'The writer is not ready yet.');
    let cause: unknown = null;
    worker.on('error', (error) => {
      cause = error;
    });
    this.#exited = new Promise((resolve) =>
      worker.once('exit', () => {
        this.#ended(cause);
        resolve();
      }),
    );
    return new Promise<Opened>((resolve, reject) => {
      worker.on('message', (report: WriterReport) => {
        if (report.kind === 'opened') {
          this.#death = null;
          resolve(report);
        } else if (report.kind === 'refused') reject(fromFailure(report.failure));
        else this.#take(report);
      });
      void this.#exited.then(() => reject(this.#death ?? new StoreError('internal', 'The writer ended.')));
    });
  }

  append(frame: NewFrame, receipt: Receipt): void {
    const refusal = this.#refusal;
    if (refusal) {
      receipt.failed(refusal);
      return;
    }
    const turn = this.#turn ?? this.#startTurn();
    const index = this.#pack(turn, frame);
    this.#wait(turn, {
      done: ({ outcomes }) => {
        const outcome = this.#outcomeOf(outcomes[index]);
        if (outcome) receipt.stored(outcome);
        else receipt.failed(unknownOwner(frame));
      },
      failed: (error) => receipt.failed(error),
    });
  }

  appendBatch(
    frames: readonly NewFrame[],
    refusedSeqs: readonly number[],
    { deviceId, boot }: { readonly deviceId: string; readonly boot: string },
    tell: (outcomes: readonly AppendOutcome[]) => void = () => {},
  ): Promise<BatchOutcome> {
    return this.#call((turn, resolve, reject) => {
      const indexes = frames.map((frame) => this.#pack(turn, frame));
      const { batches } = turn.request;
      const batch = batches.push({ count: frames.length, refusedSeqs, dropped: null, deviceId, boot }) - 1;
      return ({ outcomes, upTo }) => {
        const found = indexes.flatMap((index) => this.#outcomeOf(outcomes[index]) ?? []);
        const first = frames[0];
        if (found.length < frames.length && first) {
          reject(unknownOwner(first));
          return;
        }
        tell(found);
        resolve({ outcomes: found, upTo: upTo[batch] ?? 0 });
      };
    });
  }

  recordDropped(
    ranges: readonly SeqRange[],
    { deviceId, boot, sessionId }: { readonly deviceId: string; readonly boot: string; readonly sessionId: string },
  ): Promise<number> {
    return this.#call((turn, resolve) => {
      const dropped = { ranges, sessionId };
      const batch = turn.request.batches.push({ count: 0, refusedSeqs: [], dropped, deviceId, boot }) - 1;
      return ({ upTo }) => resolve(upTo[batch] ?? 0);
    });
  }

  recordRefused(refusal: PackedRefusal): Promise<void> {
    return this.#call((turn, resolve) => {
      turn.request.refusals.push(refusal);
      return () => resolve();
    });
  }

  save(row: RowSave): Promise<void> {
    if (this.#death && !this.#isClosing) keepUnsaved(this.#unsavedRows, [row]);
    return this.#call((turn, resolve) => {
      turn.request.rows.push(row);
      return () => resolve();
    });
  }

  /** One step of an erasure; one erasure at a time. @throws StoreError not_found, current_session, storage_unavailable */
  erase(target: EraseTarget, after: EraseCursor | null): Promise<EraseStep> {
    return new Promise((resolve, reject) => {
      const refusal = this.#refusal;
      if (refusal) throw refusal;
      this.#erasing = { resolve, reject };
      this.#flush();
      this.#post({ kind: 'erase', target, after });
    });
  }

  /**
   * Puts a new database with what reads of the damaged one in its place. Nobody may have it open. What is called
   * meanwhile waits. @throws StoreError what the disk said: the damaged one stays in use.
   */
  salvage(): Promise<Salvage> {
    return new Promise((resolve, reject) => {
      const refusal = this.#refusal;
      if (refusal) throw refusal;
      this.#salvaging = { resolve, reject };
      this.#flush();
      this.#post({ kind: 'salvage' });
    });
  }

  /** Gives up a salvage, under way or to come: it will be closed soon. */
  hurry(): void {
    putUp(this.#data.stopSign);
  }

  /** Commits what waits, then ends the thread. Safe to call twice. */
  async close(isChecked = true): Promise<void> {
    if (!this.#isClosing) {
      this.#isClosing = true;
      this.#flush();
      this.hurry();
      // One that is only starting takes it when it has opened; one that is gone does not hear it.
      this.#post({ kind: 'close', isChecked });
    }
    await this.#exited;
  }

  /** @param prepare adds to the turn and returns what to do with its answer. */
  #call<T>(
    prepare: (turn: Turn, resolve: (value: T) => void, reject: (error: StoreError) => void) => Caller['done'],
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const refusal = this.#refusal;
      if (refusal) throw refusal;
      const turn = this.#turn ?? this.#startTurn();
      this.#wait(turn, { done: prepare(turn, resolve, reject), failed: reject });
    });
  }

  #wait({ sent }: Turn, caller: Caller): void {
    sent.callers.push(caller);
    if (sent.frames >= MOST_FRAMES) this.#flush();
  }

  /** Why nothing can be written now; null: it can. */
  get #refusal(): StoreError | null {
    return this.#isClosing ? new StoreError('closed', 'The store is closed.') : this.#death;
  }

  #startTurn(): Turn {
    const request = newCommitRequest();
    const turn = { request, sent: { callers: [], rows: request.rows, frames: 0, bytes: 0 } };
    this.#turn = turn;
    // After the sockets that are readable in this turn have been read.
    setImmediate(() => this.#flush());
    return turn;
  }

  #pack(turn: Turn, frame: NewFrame): number {
    // UTF-16 units: near enough to bytes for a limit, and free.
    const bytes = frame.media.reduce((sum, media) => sum + media.bytes.byteLength, frame.body.length);
    turn.sent.frames += 1;
    turn.sent.bytes += bytes;
    this.waiting.add(1, bytes);
    return packFrame(turn.request, frame);
  }

  #flush(): void {
    const turn = this.#turn;
    if (turn === null) return;
    this.#turn = null;
    this.#unanswered.push(turn.sent);
    this.#post(turn.request);
  }

  #post(request: WriterRequest): void {
    this.#worker?.postMessage(request);
  }

  #take(report: Exclude<WriterReport, { kind: 'opened' | 'refused' }>): void {
    switch (report.kind) {
      case 'answers':
        this.#settle(report.answers, report.tookMs);
        return;
      case 'damaged':
        this.onDamage(report.finding);
        return;
      case 'erased':
        this.#erasing?.resolve(report.step);
        return;
      case 'not_erased':
        this.#erasing?.reject(fromFailure(report.failure));
        return;
      case 'salvaged':
        this.#salvaging?.resolve(report.salvage);
        return;
      case 'not_salvaged':
        this.#salvaging?.reject(fromFailure(report.failure));
    }
  }

  #settle(answers: readonly CommitAnswer[], tookMs: number): void {
    if (answers.some((answer) => answer.kind === 'committed')) this.stats.commits += 1;
    if (tookMs > SLOW_COMMIT_MS) this.#log('warn', 'slow commit', { tookMs: Math.round(tookMs) });
    for (const answer of answers) {
      const sent = this.#unanswered.shift();
      if (sent) this.#settleSent(sent, answer);
    }
  }

  #settleSent({ callers, rows, frames, bytes }: Sent, answer: CommitAnswer): void {
    if (answer.kind === 'failed') {
      this.#log('error', 'commit failed', answer.failure);
      if (answer.failure.code === 'storage_unavailable') keepUnsaved(this.#unsavedRows, rows);
    } else this.#unsavedRows.clear();
    for (const caller of callers) {
      try {
        if (answer.kind === 'committed') caller.done(answer);
        else caller.failed(fromFailure(answer.failure));
      } catch (error) {
        // A bug of one, and none of the others' business.
        this.#log('error', 'a caller failed', { cause: error });
      }
    }
    this.waiting.remove(frames, bytes);
  }

  #outcomeOf(code: number | undefined): AppendOutcome | null {
    if (code === undefined || code === UNKNOWN_OWNER) return null;
    if (code === DUPLICATE) {
      this.stats.duplicates += 1;
      return { kind: 'duplicate' };
    }
    this.stats.frames += 1;
    return { kind: 'stored', frameId: code };
  }

  /** The thread is gone; what it answered before has been taken. @param error that ended it; null: none known. */
  #ended(error: unknown): void {
    // One that never opened was refused, and whoever started it is told.
    const didWork = this.#death === null;
    const cause = error instanceof Error ? `: ${error.message}` : '';
    this.#death ??= new StoreError('storage_unavailable', `The writer has ended${cause}.`);
    const death = this.#death;
    const isCrash = didWork && !this.#isClosing;
    if (isCrash || error !== null) this.#log('error', 'writer ended', { cause: error });
    this.#erasing?.reject(death);
    this.#salvaging?.reject(death);
    this.#flush();
    const unanswered = this.#unanswered.splice(0);
    // First: who is refused now asks why.
    if (isCrash) this.onCrash();
    // Whether they reached the disk nobody knows: they come again, and what is there already is found to be.
    for (const sent of unanswered) this.#settleSent(sent, { kind: 'failed', failure: death });
  }
}

function unknownOwner({ deviceId, sessionId }: NewFrame): StoreError {
  return new StoreError('internal', `Device ${deviceId} or session ${sessionId} was never saved.`);
}
