import { ReaderClient } from './reader-client';
import type { ExportCursor } from './reader-messages';
import type { ExportRow, ExportRows, FrameSelection, ReadStore, StoreLog } from './store';

/** Rows of an export page: what is formatted in one go on the thread that answers phones, a few milliseconds. */
const EXPORT_PAGE_ROWS = 100;

/** The questions, each put to the right reader: exports have one of their own, so that a long one holds up no query. */
export class Readers implements ReadStore {
  readonly hubId: string;
  readonly dataDir: string;
  readonly #queries: ReaderClient;
  readonly #log: StoreLog;
  /** Started with the first export. */
  #exports: ReaderClient | null = null;

  constructor(queries: ReaderClient, of: { readonly hubId: string; readonly dataDir: string; readonly log: StoreLog }) {
    this.#queries = queries;
    this.hubId = of.hubId;
    this.dataDir = of.dataDir;
    this.#log = of.log;
  }

  readonly listSessions: ReadStore['listSessions'] = () => this.#queries.ask('sessions', null);
  readonly listDevices: ReadStore['listDevices'] = () => this.#queries.ask('devices', null);
  readonly frames: ReadStore['frames'] = (query) => this.#queries.ask('frames', query);
  readonly latest: ReadStore['latest'] = (query) => this.#queries.ask('latest', query);
  readonly track: ReadStore['track'] = (query) => this.#queries.ask('track', query);
  readonly media: ReadStore['media'] = (sha256) => this.#queries.ask('media', { sha256 });
  readonly custody: ReadStore['custody'] = (query) => this.#queries.ask('custody', query);
  readonly deviceCounts: ReadStore['deviceCounts'] = (deviceId) => this.#queries.ask('deviceCounts', { deviceId });

  async exportRows(selection: FrameSelection): Promise<ExportRows> {
    this.#exports ??= new ReaderClient({ dataDir: this.dataDir }, 'store-export', this.#log);
    const reader = this.#exports;
    const { range, totalFrames, session } = await reader.ask('openExport', selection);
    async function* pages(): AsyncGenerator<readonly ExportRow[]> {
      let after: ExportCursor = { receivedAtMs: -Infinity, frameId: 0 };
      for (;;) {
        const rows = await reader.ask('exportPage', { range, after, limit: EXPORT_PAGE_ROWS });
        const last = rows.at(-1);
        if (last === undefined) return;
        yield rows;
        if (rows.length < EXPORT_PAGE_ROWS) return;
        after = last;
      }
    }
    return { totalFrames, session, pages: { [Symbol.asyncIterator]: pages } };
  }

  async close(): Promise<void> {
    await Promise.all([this.#queries.close(), this.#exports?.close()]);
  }
}
