import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HubError } from '../../common/contract/errors';
import type { RequestParams, RequestResult } from '../../common/contract/requests';
import type { ExportProgress } from '../../common/contract/schemas';
import type { HubConnection } from '../../common/contract/server';
import { type CsvExport, type ExportCount, exportCsv, fileNameFor } from '../export';
import type { FrameSelection, ReadStore } from '../store';
import type { ConsoleHost } from './hub';
import { newId, randomText } from './ids';
import { askStore } from './store-refusal';

/** A file being streamed out. */
export interface OpenExport {
  readonly fileName: string;
  readonly contentType: string;
  readonly totalFrames: number;
  readonly stream: Readable;
  /** Left out so far, because the disk damaged them. */
  readonly damagedFrames: () => number;
}

type ExportHooks = Pick<CsvExport, 'signal' | 'onProgress'>;

/** Opens a selection as a file of this format. @throws HubError not_found. */
export async function openExport(
  store: ReadStore,
  selection: FrameSelection,
  hooks: ExportHooks = {},
): Promise<OpenExport> {
  const rows = await askStore(store.exportRows(selection));
  return {
    fileName: fileNameFor(rows.session, Date.now()),
    contentType: 'text/csv; charset=utf-8',
    totalFrames: rows.totalFrames,
    stream: exportCsv({ pages: rows.pages, ...hooks }),
    damagedFrames: rows.damagedFrames,
  };
}

/** Writes beside the target first: an export that fails leaves the file of before as it was. */
export async function writeExportFile(stream: Readable, path: string, signal?: AbortSignal): Promise<void> {
  const half = `${path}.part`;
  try {
    await pipeline(stream, createWriteStream(half), { signal });
    signal?.throwIfAborted();
    await rename(half, path);
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
}

/** A download link is followed at once or never, ms. */
const TICKET_MS = 60_000;

/** No more progress events than an eye reads, ms. */
const PROGRESS_MS = 250;

interface Job {
  readonly selection: FrameSelection;
  readonly connection: HubConnection;
  readonly abort: AbortController;
  progress: ExportProgress;
  toldAtMs: number;
}

/** Exports asked for by a control room: to a file on the laptop, or as a download by a link good once. */
export class Exports {
  readonly #jobs = new Map<string, Job>();
  readonly #tickets = new Map<string, string>();
  readonly #writing = new Set<Promise<void>>();
  readonly #store: ReadStore;

  constructor(store: ReadStore) {
    this.#store = store;
  }

  async start(
    { sessionId, to }: RequestParams<'export.start'>,
    connection: HubConnection,
    host: ConsoleHost | null,
  ): Promise<RequestResult<'export.start'>> {
    const { totalFrames, session } = await this.#describe(sessionId);
    const fileName = fileNameFor(session, Date.now());
    const exportId = newId('x');
    if (to === 'download') {
      this.#add(exportId, sessionId, connection, totalFrames, null);
      return { outcome: 'download', exportId, fileName, path: this.#issueTicket(exportId) };
    }
    if (!host)
      throw new HubError('conflict', 'This control room is in a browser: it downloads, it cannot choose a folder.');
    const path = await host.chooseSavePath(fileName);
    if (path === null) return { outcome: 'cancelled' };
    const job = this.#add(exportId, sessionId, connection, totalFrames, path);
    const writing = this.#write(exportId, job, path).finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
    return { outcome: 'writing', exportId, path };
  }

  /** @throws HubError not_found when it is over already. */
  cancel(exportId: string): void {
    const job = this.#jobs.get(exportId);
    if (!job) throw new HubError('not_found', 'That export is over.');
    this.#finish(exportId, job, 'cancelled', null);
    job.abort.abort();
  }

  /** Follows a download link. @returns null when it is used up, too old or none. */
  async redeem(ticket: string): Promise<OpenExport | null> {
    const exportId = this.#tickets.get(ticket);
    const job = exportId === undefined ? undefined : this.#jobs.get(exportId);
    if (exportId === undefined || !job) return null;
    this.#tickets.delete(ticket);
    let open: OpenExport;
    try {
      open = await this.#open(job);
    } catch (error) {
      this.#finish(exportId, job, 'failed', 'The session could not be read.');
      throw error;
    }
    open.stream.once('end', () => this.#finish(exportId, job, 'done', null));
    // Destroyed before its end: the browser went away, or reading failed.
    open.stream.once('close', () => this.#finish(exportId, job, 'failed', 'The download stopped before its end.'));
    return open;
  }

  /** Ends what is under way; resolves when partial files are removed. */
  async stop(): Promise<void> {
    for (const job of this.#jobs.values()) job.abort.abort();
    await Promise.all(this.#writing);
  }

  async #describe(sessionId: string): ReturnType<ReadStore['exportRows']> {
    const session = (await this.#store.listSessions()).find((one) => one.sessionId === sessionId);
    if (!session) throw new HubError('not_found', 'There is no such session.');
    return this.#store.exportRows({ sessionId });
  }

  #add(exportId: string, sessionId: string, connection: HubConnection, totalFrames: number, path: string | null): Job {
    const progress: ExportProgress = {
      exportId,
      state: 'running',
      frames: 0,
      totalFrames,
      bytes: 0,
      path,
      message: null,
    };
    const job: Job = { selection: { sessionId }, connection, abort: new AbortController(), progress, toldAtMs: 0 };
    this.#jobs.set(exportId, job);
    return job;
  }

  #issueTicket(exportId: string): string {
    const ticket = randomText(26);
    this.#tickets.set(ticket, exportId);
    setTimeout(() => {
      if (!this.#tickets.delete(ticket)) return;
      const job = this.#jobs.get(exportId);
      if (job) this.#finish(exportId, job, 'failed', 'The download was not fetched in time.');
    }, TICKET_MS).unref();
    return `/api/v1/downloads/${ticket}`;
  }

  #open(job: Job): Promise<OpenExport> {
    return openExport(this.#store, job.selection, {
      signal: job.abort.signal,
      onProgress: (count) => this.#progress(job, count),
    });
  }

  async #write(exportId: string, job: Job, path: string): Promise<void> {
    try {
      const { stream } = await this.#open(job);
      await writeExportFile(stream, path, job.abort.signal);
      this.#finish(exportId, job, 'done', null);
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown reason';
      this.#finish(exportId, job, 'failed', `${basename(path)} could not be written: ${reason}`);
    }
  }

  #progress(job: Job, count: ExportCount): void {
    job.progress = { ...job.progress, ...count };
    const nowMs = performance.now();
    if (job.progress.state !== 'running' || nowMs - job.toldAtMs < PROGRESS_MS) return;
    job.toldAtMs = nowMs;
    job.connection.emit('export.progress', job.progress);
  }

  #finish(exportId: string, job: Job, state: ExportProgress['state'], message: string | null): void {
    if (!this.#jobs.delete(exportId)) return;
    job.progress = { ...job.progress, state, message };
    job.connection.emit('export.progress', job.progress);
  }
}
