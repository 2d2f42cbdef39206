import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { createHubClient } from '../../../src/common/contract/client';
import { openWebSocketTransport } from '../../../src/renderer/control-room/connect/web-socket-transport';
import { startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

/** docs/wire-protocol.md, section 1: exit 0 within it. The limit is what is promised, and what is tested here. */
const STOP_MS = 5_000;

async function filledFolder(): Promise<string> {
  const dataDir = temporaryFolder();
  onTestFinished(() => removeFolder(dataDir));
  const hub = await startHubProcess(dataDir);
  expect(await hub.stop('SIGKILL')).toBeNull();
  return dataDir;
}

/** Changes the log of a stopped hub. */
function change(dataDir: string, sql: string): void {
  const db = new Sqlite(join(dataDir, 'perch.sqlite'));
  db.exec(sql);
  db.close();
}

async function msToStop(hub: Awaited<ReturnType<typeof startHubProcess>>): Promise<number> {
  const startedAt = performance.now();
  expect(await hub.stop()).toBe(0);
  return performance.now() - startedAt;
}

test('SIGTERM while the check after an unclean stop is inside SQLite: exit 0 in time, and it is made up for', async () => {
  const dataDir = await filledFolder();
  // A log of which the check takes minutes: SQLite looks whether each row still fits its table.
  change(
    dataDir,
    `PRAGMA ignore_check_constraints = ON;
    CREATE TABLE slow (n INTEGER CHECK (length(hex(zeroblob(50000000 + n))) > 0));
    WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1000) INSERT INTO slow SELECT n FROM c;`,
  );
  const hub = await startHubProcess(dataDir);
  await hub.event(({ event, id }) => event === 'alert' && id === 'storage.unclean_stop');
  expect(await msToStop(hub)).toBeLessThan(STOP_MS);
  change(dataDir, 'DROP TABLE slow');
  const again = await startHubProcess(dataDir);
  await again.event(({ event, id }) => event === 'alert' && id === 'storage.unclean_stop');
  expect(await msToStop(again)).toBeLessThan(STOP_MS);
});

test('SIGTERM while a backup is inside SQLite: exit 0 in time, and what was begun is no data folder', async () => {
  const dataDir = await filledFolder();
  change(
    dataDir,
    `CREATE TABLE filler (bytes BLOB);
    WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 60) INSERT INTO filler SELECT zeroblob(10000000) FROM c;`,
  );
  const hub = await startHubProcess(dataDir);
  const console = `${hub.ready.http.replace('http', 'ws')}/console`;
  const room = createHubClient(await openWebSocketTransport(console, hub.ready.adminKey));
  await room.request('storage.backUp', { to: 'folder', name: 'cut-short' });
  const part = join(dataDir, 'backups', 'cut-short', 'perch.sqlite.part');
  await expect.poll(() => existsSync(part), { timeout: 20_000, interval: 10 }).toBe(true);
  expect(await msToStop(hub)).toBeLessThan(STOP_MS);
  expect(existsSync(join(dataDir, 'backups', 'cut-short', 'perch.sqlite'))).toBe(false);
});
