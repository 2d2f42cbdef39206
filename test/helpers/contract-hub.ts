import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { LIMITS } from '../../src/common/wire/limits';
import { createHub } from '../../src/main/hub/create-hub';
import type { Hub, HubOptions, HubReady } from '../../src/main/hub/hub';
import { removeFolder, temporaryFolder } from './temporary-folder';

/** A real hub in this process, on free ports and a folder of its own. */
export interface ContractHub {
  readonly hub: Hub;
  readonly ready: HubReady;
  /** What the hub logged as an error, but for the failing disk that the suite makes. */
  readonly bugs: readonly string[];
  readonly stop: () => Promise<void>;
}

/** What a test wants to be otherwise. */
type Wishes = Partial<Omit<HubOptions, 'dataDir' | 'staticDir' | 'startDrillHub'>> & {
  /** A folder that stays; left out: one of its own, removed at the end. */
  readonly dataDir?: string;
};

export async function startContractHub({ dataDir, ...wishes }: Wishes = {}): Promise<ContractHub> {
  const folder = temporaryFolder();
  const staticDir = join(folder, 'pages');
  mkdirSync(join(staticDir, 'assets'), { recursive: true });
  for (const page of ['control-room.html', 'phone.html']) writeFileSync(join(staticDir, page), '<!doctype html>');
  const bugs: string[] = [];
  const note = (line: string): void => {
    if (!line.includes('"code":"storage_unavailable"')) bugs.push(line);
  };
  const log = pino({ level: 'error' }, { write: note });
  const open = (at: string, more: Partial<HubOptions> = {}): Promise<Hub> =>
    createHub({ ...optionsOf(at, staticDir), log, ...more });
  const hub = await open(dataDir ?? join(folder, 'data'), {
    ...wishes,
    // In this process: the build need not be there for this suite.
    startDrillHub: async (folder) => {
      const second = await open(folder);
      const { http, joinKey } = await second.start();
      return { url: http.replace('http', 'ws'), key: joinKey, stop: () => second.close() };
    },
  });
  const ready = await hub.start();
  return {
    hub,
    ready,
    bugs,
    stop: async () => {
      await hub.close();
      removeFolder(folder);
    },
  };
}

function optionsOf(dataDir: string, staticDir: string): Omit<HubOptions, 'log'> {
  return {
    dataDir,
    staticDir,
    version: '0.0.0-test',
    host: '127.0.0.1',
    port: 0,
    tlsPort: 0,
    access: 'paired',
    publicHosts: [],
    allowOrigins: [],
    trustProxies: [],
    rateLimit: { perSecond: 100, burst: 200 },
    maxMessageBytes: LIMITS.messageBytes,
    maxConnections: 1_000,
  };
}
