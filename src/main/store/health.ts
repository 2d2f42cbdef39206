import type { Readers } from './read-store';
import { ReaderClient } from './reader-client';
import type { StoreLog } from './store';
import { StoreError } from './store-error';
import type { Troubles } from './troubles';
import type { Opened, WriterClient } from './writer-client';

/** A disk that keeps damaging files is not mended by writing more of them. */
const MAX_SALVAGES = 3;

interface HealthOptions {
  readonly dataDir: string;
  readonly writer: WriterClient;
  readonly readers: Readers;
  readonly troubles: Troubles;
  readonly log: StoreLog;
}

/** Watches over the database: a check after an unclean stop, a salvage when it is damaged. Tells of both. */
export class Health {
  readonly #options: HealthOptions;
  #check: ReaderClient | null = null;
  #salvages = 0;
  #isSalvaging = false;
  #isClosed = false;

  constructor(options: HealthOptions, { wasUnclean, salvage }: Opened) {
    this.#options = options;
    options.writer.onDamage = (finding) => void this.#salvage([finding]);
    if (salvage) this.#options.troubles.tell({ kind: 'salvaged', salvage });
    if (!wasUnclean) return;
    this.#options.troubles.tell({ kind: 'unclean_stop' });
    // A new file was read through while it was made.
    if (salvage === null) void this.#checkNow();
  }

  /** Ends a check under way. @returns false when there was one. */
  async close(): Promise<boolean> {
    this.#isClosed = true;
    const check = this.#check;
    await check?.terminate();
    return check === null;
  }

  /** On a reader: the hub serves meanwhile. A large log takes minutes. */
  async #checkNow(): Promise<void> {
    const { dataDir, log } = this.#options;
    const reader = new ReaderClient({ dataDir }, 'store-check', log);
    this.#check = reader;
    const findings = await reader.ask('quickCheck', null).catch((error: unknown) => [String(error)]);
    await reader.close();
    this.#check = null;
    if (this.#isClosed) return;
    if (findings.length === 0) this.#options.troubles.tell({ kind: 'sound' });
    else await this.#salvage(findings);
  }

  async #salvage(findings: readonly string[]): Promise<void> {
    if (this.#isSalvaging || this.#isClosed) return;
    this.#isSalvaging = true;
    this.#options.troubles.tell({ kind: 'damaged', findings });
    try {
      this.#salvages += 1;
      if (this.#salvages > MAX_SALVAGES)
        throw new StoreError('storage_unavailable', 'The disk keeps damaging the log.');
      const salvage = await this.#options.readers.without(() => this.#options.writer.salvage());
      this.#options.troubles.tell({ kind: 'salvaged', salvage });
    } catch (error) {
      this.#options.troubles.tell({
        kind: 'not_salvaged',
        reason: error instanceof Error ? error.message : String(error),
      });
    } finally {
      this.#isSalvaging = false;
    }
  }
}
