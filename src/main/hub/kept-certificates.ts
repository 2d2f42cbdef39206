import { mkdirSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CustodyCertificate } from '../../common/model/custody';
import { writeDurably } from './durable-file';

/** A session may be stopped, gone on with and stopped again: each stop has a certificate of its own. */
interface Stop {
  readonly sessionId: string;
  readonly endedAtMs: number;
}

const fileOf = ({ sessionId, endedAtMs }: Stop): string => `${sessionId}.${endedAtMs}.json`;

/** Certificates of stopped sessions as they were issued: a file each, in the data folder. */
export class KeptCertificates {
  readonly #folder: string;

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'certificates');
  }

  /** null: none was kept of that stop. @throws Error when it cannot be read */
  async read(stop: Stop): Promise<CustodyCertificate | null> {
    try {
      return JSON.parse(await readFile(join(this.#folder, fileOf(stop)), 'utf8')) as CustodyCertificate;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }

  /** Durable when it returns. @throws Error when the disk refuses */
  keep(certificate: CustodyCertificate): void {
    const { sessionId, endedAtMs } = certificate.session;
    if (endedAtMs === null) throw new Error('a session that goes on has no certificate to keep');
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    writeDurably(join(this.#folder, fileOf({ sessionId, endedAtMs })), `${JSON.stringify(certificate, null, 2)}\n`);
  }

  /** Every stop that has one. */
  async list(): Promise<readonly Stop[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names.flatMap((name) => {
      const [, sessionId, endedAtMs] = /^(.+)\.(\d+)\.json$/.exec(name) ?? [];
      return sessionId === undefined ? [] : [{ sessionId, endedAtMs: Number(endedAtMs) }];
    });
  }

  /** Of a session that was erased. */
  async forget(sessionId: string): Promise<void> {
    for (const stop of await this.list())
      if (stop.sessionId === sessionId) rmSync(join(this.#folder, fileOf(stop)), { force: true });
  }
}
