import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HubError } from '../../common/contract/errors';
import type { RequestParams, RequestResult } from '../../common/contract/requests';
import type { Backup } from '../../common/model/backup';
import type { Store } from '../store';
import type { BackedUp } from './backed-up';
import type { ConsoleHost } from './hub';
import { newId } from './ids';
import { sizeOfFile, sizeOfLog } from './storage-sizes';

interface BackupParts {
  readonly dataDir: string;
  readonly clock: { now(): number };
  readonly store: Pick<Store, 'backup'>;
  readonly backedUp: Pick<BackedUp, 'prepare' | 'besides'>;
  readonly onChanged: (backup: Backup) => void;
}

/** How often it is looked how far the copy is, ms. */
const LOOK_MS = 500;

/** Backups of this run, one at a time. */
export class Backups {
  readonly #parts: BackupParts;
  /** Runs, or was the last. */
  #backup: Backup | null = null;

  constructor(parts: BackupParts) {
    this.#parts = parts;
  }

  get last(): Backup | null {
    return this.#backup;
  }

  /** @throws HubError conflict */
  async start(
    params: RequestParams<'storage.backUp'>,
    host: ConsoleHost | null,
  ): Promise<RequestResult<'storage.backUp'>> {
    this.#assertIdle();
    const path = await this.#targetOf(params, host);
    if (path === null) return { outcome: 'cancelled' };
    if (existsSync(path)) throw new HubError('conflict', `${path} is there already: choose another name.`);
    const totalLogBytes = await sizeOfLog(this.#parts.dataDir);
    // Another may have been started while the dialog was open.
    this.#assertIdle();
    const backup: Backup = {
      backupId: newId('b'),
      state: 'running',
      path,
      startedAtMs: this.#parts.clock.now(),
      logBytes: 0,
      totalLogBytes,
      sizeBytes: null,
      mediaFiles: null,
      message: null,
    };
    this.#backup = backup;
    void this.#copy(path);
    return { outcome: 'writing', backup };
  }

  async #targetOf(params: RequestParams<'storage.backUp'>, host: ConsoleHost | null): Promise<string | null> {
    if (params.to === 'folder') return join(this.#parts.dataDir, 'backups', params.name);
    if (!host) throw new HubError('conflict', 'This control room is in a browser: it can not choose a folder.');
    const folder = await host.chooseFolder('Choose where the backup goes');
    return folder === null ? null : join(folder, folderName(this.#parts.clock.now()));
  }

  #assertIdle(): void {
    if (this.#backup?.state === 'running') throw new HubError('conflict', 'A backup runs already.');
  }

  async #copy(path: string): Promise<void> {
    const timer = setInterval(() => {
      void sizeOfFile(join(path, 'perch.sqlite.part')).then((logBytes) => {
        if (logBytes > 0 && this.#backup?.state === 'running') this.#change({ logBytes });
      });
    }, LOOK_MS);
    timer.unref();
    try {
      const { store, backedUp } = this.#parts;
      await backedUp.prepare();
      const { sizeBytes, mediaFiles } = await store.backup(path, backedUp.besides);
      this.#change({ state: 'done', sizeBytes, mediaFiles });
    } catch (error) {
      this.#change({ state: 'failed', message: error instanceof Error ? error.message : String(error) });
    } finally {
      clearInterval(timer);
    }
  }

  #change(change: Partial<Backup>): void {
    if (!this.#backup) return;
    this.#backup = { ...this.#backup, ...change };
    this.#parts.onChanged(this.#backup);
  }
}

/** `perch-backup-2026-11-22-0251`, UTC: sorts by time. */
function folderName(nowMs: number): string {
  const [day, time] = new Date(nowMs).toISOString().split('T');
  return `perch-backup-${day}-${time?.slice(0, 8).replaceAll(':', '')}`;
}
