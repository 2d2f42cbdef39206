import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { createHubClient } from '../../../src/common/contract/client';
import { openWebSocketTransport } from '../../../src/renderer/control-room/connect/web-socket-transport';
import { startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

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

/** Of a session and a device that it has. A salvage of so many takes a second or two. */
const FILL = `
  WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 60000)
  INSERT INTO frames (session, device, received_at_ms, live_at_ms, source, flags, body)
    SELECT (SELECT max(session) FROM sessions), 1, n, n, 'perch', '', '{"text":"' || n || '"}' FROM c;`;

const isSalvaging = (dataDir: string): boolean => existsSync(join(dataDir, 'perch.sqlite.salvaging'));

function framesIn(dataDir: string): unknown {
  const db = new Sqlite(join(dataDir, 'perch.sqlite'), { readonly: true });
  const count = db.prepare('SELECT count(*) FROM frames').pluck().get();
  db.close();
  return count;
}

/** Salvages what the one before left. */
async function salvageWhole(dataDir: string): Promise<void> {
  const hub = await startHubProcess(dataDir);
  await hub.event(({ event, id }) => event === 'alert' && id === 'storage.damaged');
  expect(await msToStop(hub)).toBeLessThan(STOP_MS);
}

test('SIGTERM while a salvage keeps the hub from starting: exit 0 in time, and the next start begins it anew', async () => {
  const dataDir = await filledFolder();
  change(dataDir, FILL);
  writeFileSync(join(dataDir, 'perch.sqlite.damaged'), '');
  const starting = startHubProcess(dataDir);
  await expect.poll(() => isSalvaging(dataDir), { timeout: 20_000, interval: 10 }).toBe(true);
  const startedAt = performance.now();
  process.kill(Number(readFileSync(join(dataDir, 'hub.pid'), 'utf8')), 'SIGTERM');
  await expect(starting).rejects.toThrow('the hub ended with 0');
  expect(performance.now() - startedAt).toBeLessThan(STOP_MS);
  expect(framesIn(dataDir)).toBe(60_000);
  await salvageWhole(dataDir);
  expect(framesIn(dataDir)).toBe(60_000);
});

test('SIGTERM while a salvage holds up what a phone sends: exit 0 in time, and what was acked is there', async () => {
  const dataDir = await filledFolder();
  change(dataDir, `${FILL} UPDATE frames SET body = 'no json' WHERE frame_id = 1000;`);
  const hub = await startHubProcess(dataDir);
  const phone = await WireClient.open(`${hub.ready.http.replace('http', 'ws')}/pocket-parrot?key=${hub.ready.joinKey}`);
  await phone.ask({ type: 'handshake', deviceId: 'ann' });
  await expect.poll(() => isSalvaging(dataDir), { timeout: 20_000, interval: 10 }).toBe(true);
  phone.send({ type: 'data', boot: 'b', seq: 1, data: { text: 'held up' } });
  expect(await msToStop(hub)).toBeLessThan(STOP_MS);
  await phone.closed;
  const acked = phone.received.filter(({ type }) => type === 'ack').length;
  expect(framesIn(dataDir)).toBe(60_000 + acked);
  await salvageWhole(dataDir);
  // Less the one that says nothing any more.
  expect(framesIn(dataDir)).toBe(60_000 + acked - 1);
});
