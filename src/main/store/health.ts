import { isKnownDamaged } from './damage';
import type { Readers } from './read-store';
import { ReaderClient } from './reader-client';
import { Revival } from './revival';
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
  readonly #writerRevival: Revival;
  readonly #checkRevival: Revival;
  #salvages = 0;
  #isSalvaging = false;
  /** Tried in vain: it is tried again at the next start. */
  #isGivenUp = false;
  #isClosed = false;

  constructor(options: HealthOptions, { wasUnclean, salvage }: Opened) {
    this.#options = options;
    const { troubles, log, writer } = options;
    const tell: Troubles['tell'] = (trouble) => troubles.tell(trouble);
    this.#writerRevival = new Revival({ thread: 'writer', restart: () => this.#restartWriter(), tell, log });
    this.#checkRevival = new Revival({ thread: 'check', restart: () => this.#checkNow(), tell, log });
    writer.onCrash = () => void this.#writerRevival.crashed();
    options.readers.onDamage = (finding) => void this.#salvage([finding]);
    options.writer.onDamage = (finding) => void this.#salvage([finding]);
    if (salvage) this.#options.troubles.tell({ kind: 'salvaged', salvage });
    if (!wasUnclean) return;
    this.#options.troubles.tell({ kind: 'unclean_stop' });
    // A new file was read through while it was made.
    if (salvage === null) void this.#checkNow().catch(() => this.#checkRevival.crashed());
  }

  /** Ends a check under way. @returns false when there was one. */
  async close(): Promise<boolean> {
    this.#isClosed = true;
    this.#writerRevival.close();
    this.#checkRevival.close();
    const check = this.#check;
    await check?.terminate();
    return check === null;
  }

  async #restartWriter(): Promise<void> {
    const { dataDir, writer, readers, troubles } = this.#options;
    // It crashed over a damaged database: the salvage begins anew, and nobody may have that open.
    const isDamaged = isKnownDamaged(dataDir);
    const { salvage } = isDamaged ? await readers.without(() => writer.restart()) : await writer.restart();
    if (salvage === null) return;
    if (!isDamaged) await readers.without(() => Promise.resolve());
    troubles.tell({ kind: 'salvaged', salvage });
  }

  /**
   * In a process of its own: the hub serves meanwhile, and can stop at any time. A large log takes minutes.
   * @throws StoreError when that crashed: that says nothing of the log.
   */
  async #checkNow(): Promise<void> {
    const { dataDir, log } = this.#options;
    const reader = ReaderClient.inProcess(dataDir, log);
    this.#check = reader;
    const findings = await reader.ask('check', null).catch((error: unknown) => {
      if (reader.hasCrashed) throw error;
      return [String(error)];
    });
    if (findings.length > 0) {
      await this.#endCheck(reader);
      await this.#salvage(findings);
      if (!this.#isClosed && !this.#isGivenUp) await this.#lookForMedia();
      return;
    }
    await this.#lookForMedia(reader);
    if (!this.#isClosed) this.#options.troubles.tell({ kind: 'sound' });
  }

  async #lookForMedia(reader?: ReaderClient): Promise<void> {
    const { dataDir, log, troubles } = this.#options;
    const asked = reader ?? ReaderClient.inProcess(dataDir, log);
    this.#check = asked;
    const lost = await asked.ask('lostMedia', null);
    await this.#endCheck(asked);
    if (lost.files > 0 && !this.#isClosed) troubles.tell({ kind: 'media_lost', ...lost });
  }

  async #endCheck(reader: ReaderClient): Promise<void> {
    await reader.close();
    this.#check = null;
  }

  async #salvage(findings: readonly string[]): Promise<void> {
    if (this.#isSalvaging || this.#isGivenUp || this.#isClosed) return;
    this.#isSalvaging = true;
    this.#options.troubles.tell({ kind: 'damaged', findings });
    try {
      this.#salvages += 1;
      if (this.#salvages > MAX_SALVAGES)
        throw new StoreError('storage_unavailable', 'The disk keeps damaging the log.');
      const salvage = await this.#options.readers.without(() => this.#options.writer.salvage());
      this.#options.troubles.tell({ kind: 'salvaged', salvage });
    } catch (error) {
      this.#isGivenUp = true;
      // The hub stops: the next start salvages it.
      if (error instanceof StoreError && error.code === 'closed') return;
      this.#options.troubles.tell({
        kind: 'not_salvaged',
        reason: error instanceof Error ? error.message : String(error),
      });
    } finally {
      this.#isSalvaging = false;
    }
  }
}
