import { OneAtATime } from './one-at-a-time';
import { ReaderClient } from './reader-client';
import type { ReaderCallName, ReaderCalls } from './reader-messages';
import { Revival } from './revival';
import type {
  Backup,
  Beside,
  ExportRow,
  ExportRows,
  FrameSelection,
  ReadStore,
  RetentionLimits,
  RetentionPlan,
  StoreLog,
  StoreTrouble,
} from './store';
import { StoreError } from './store-error';

/** Rows of an export page: what is formatted in one go on the thread that answers phones, a few milliseconds. */
const EXPORT_PAGE_ROWS = 100;

interface ReadersOptions {
  readonly hubId: string;
  readonly dataDir: string;
  readonly log: StoreLog;
  /** Told when questions can't be answered, and when they can again; left out: nobody is. */
  readonly tell?: (trouble: StoreTrouble) => void;
}

/** The questions, each put to the right reader: exports have one of their own, so that a long one holds up no query. */
export class Readers implements ReadStore {
  readonly hubId: string;
  readonly dataDir: string;
  readonly #log: StoreLog;
  #queries: ReaderClient;
  /** Started with the first export. */
  #exports: ReaderClient | null = null;
  #backup: ReaderClient | null = null;
  /** Questions wait for it: the database is being replaced. */
  #pause: Promise<void> = Promise.resolve();
  readonly #replacements = new OneAtATime();
  readonly #revival: Revival;
  #isClosed = false;
  /** Called with what a question met of it; the question is answered without. */
  onDamage: (finding: string) => void = () => {};

  constructor(queries: ReaderClient, { hubId, dataDir, log, tell = () => {} }: ReadersOptions) {
    this.hubId = hubId;
    this.dataDir = dataDir;
    this.#log = log;
    this.#revival = new Revival({
      thread: 'reader',
      restart: async () => {
        this.#queries = this.#follow(ReaderClient.inThread(dataDir, 'store-reader', log));
        await this.#queries.ask('hubId', null);
      },
      tell,
      log,
    });
    this.#queries = this.#follow(queries);
  }

  readonly listSessions: ReadStore['listSessions'] = () => this.#ask('sessions', null);
  readonly listDevices: ReadStore['listDevices'] = () => this.#ask('devices', null);
  readonly frames: ReadStore['frames'] = (query) => this.#ask('frames', query);
  readonly latest: ReadStore['latest'] = (query) => this.#ask('latest', query);
  readonly track: ReadStore['track'] = (query) => this.#ask('track', query);
  readonly trackCheckpoints: ReadStore['trackCheckpoints'] = (query) => this.#ask('trackCheckpoints', query);
  readonly media: ReadStore['media'] = (sha256) => this.#ask('media', { sha256 });
  readonly mediaTotals: ReadStore['mediaTotals'] = () => this.#ask('mediaTotals', null);
  readonly custody: ReadStore['custody'] = (query) => this.#ask('custody', query);
  readonly audit: ReadStore['audit'] = (query) => this.#ask('audit', query);
  readonly deviceCounts: ReadStore['deviceCounts'] = (deviceId) => this.#ask('deviceCounts', { deviceId });

  readonly reusableBytes = (): Promise<number> => this.#ask('reusableBytes', null);

  readonly retentionPlan = (limits: RetentionLimits): Promise<RetentionPlan> => this.#ask('retentionPlan', limits);

  /** In a process of its own, which ends with it. */
  async backup(target: string, besides: () => Promise<readonly Beside[]>): Promise<Backup> {
    await this.#pause;
    const reader = ReaderClient.inProcess(this.dataDir, this.#log);
    this.#backup = reader;
    try {
      const backup = await reader.ask('backup', { target });
      const bytes = await reader.ask('completeBackup', { target, besides: await besides() });
      return { ...backup, sizeBytes: backup.sizeBytes + bytes };
    } finally {
      this.#backup = null;
      await reader.close();
    }
  }

  async exportRows(selection: FrameSelection): Promise<ExportRows> {
    const { range, merged, totalFrames, session } = await this.#askForExport('openExport', selection);
    const readPage = (after: number) =>
      this.#askForExport('exportPage', { range, merged, after, limit: EXPORT_PAGE_ROWS });
    let damagedFrames = 0;
    async function* pages(): AsyncGenerator<readonly ExportRow[]> {
      for (let after: number | null = 0; after !== null; ) {
        const page: ReaderCalls['exportPage']['result'] = await readPage(after);
        damagedFrames += page.damaged;
        if (page.rows.length > 0) yield page.rows;
        after = page.next;
      }
    }
    return { totalFrames, session, pages: { [Symbol.asyncIterator]: pages }, damagedFrames: () => damagedFrames };
  }

  /** Of the database that took the place of the one before, too: a salvage keeps the ids. */
  async #askForExport<N extends ReaderCallName>(
    call: N,
    params: ReaderCalls[N]['params'],
  ): Promise<ReaderCalls[N]['result']> {
    for (;;) {
      await this.#pause;
      const reader = this.#exportReader();
      try {
        return await reader.ask(call, params);
      } catch (error) {
        const isReplaced = reader !== this.#exports && !reader.hasCrashed && !this.#isClosed;
        if (!isReplaced) throw error;
      }
    }
  }

  /** One that crashed has ended its exports with an error; the next has a new one. */
  #exportReader(): ReaderClient {
    if (this.#isClosed) throw new StoreError('closed', 'The store is closed.');
    if (this.#exports === null || this.#exports.hasCrashed) {
      this.#exports = ReaderClient.inThread(this.dataDir, 'store-export', this.#log);
      this.#exports.onDamage = (finding) => this.onDamage(finding);
    }
    return this.#exports;
  }

  /** Does something that nobody may have the database open for. Questions wait, and exports under way. */
  without<T>(work: () => Promise<T>): Promise<T> {
    return this.#replacements.run(() => this.#without(work));
  }

  async #without<T>(work: () => Promise<T>): Promise<T> {
    let proceed = (): void => {};
    this.#pause = new Promise((resolve) => {
      proceed = resolve;
    });
    try {
      await this.#closeReaders();
      return await work();
    } finally {
      if (!this.#isClosed) {
        this.#queries = this.#follow(ReaderClient.inThread(this.dataDir, 'store-reader', this.#log));
      }
      proceed();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#revival.close();
    await this.#closeReaders();
  }

  #follow(queries: ReaderClient): ReaderClient {
    queries.onCrash = () => void this.#revival.crashed();
    queries.onDamage = (finding) => this.onDamage(finding);
    return queries;
  }

  async #closeReaders(): Promise<void> {
    const exports = this.#exports;
    this.#exports = null;
    // A backup may take minutes and is not waited for; what it left is no data folder.
    await Promise.all([this.#queries.close(), exports?.close(), this.#backup?.terminate()]);
  }

  async #ask<N extends ReaderCallName>(call: N, params: ReaderCalls[N]['params']): Promise<ReaderCalls[N]['result']> {
    await this.#pause;
    return this.#queries.ask(call, params);
  }
}
