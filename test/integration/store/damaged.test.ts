import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { openReadStore } from '../../../src/main/store';
import { type HubProcess, runPerch, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

const PAGE = 4096;
const BATCHES = 10;

async function sendFrames(hub: HubProcess): Promise<void> {
  const client = await WireClient.open(
    `${hub.ready.http.replace('http', 'ws')}/pocket-parrot?key=${hub.ready.joinKey}`,
  );
  await client.ask({ type: 'handshake', deviceId: 'one' });
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const frames = Array.from({ length: 150 }, (_, index) => {
      const seq = batch * 150 + index + 1;
      return { seq, data: { id: seq, text: 'x'.repeat(300) } };
    });
    expect(await client.ask({ type: 'batch', boot: 'b', frames })).toMatchObject({ type: 'ack', stored: 150 });
  }
  await client.close();
}

async function garbleFrames(path: string): Promise<void> {
  const db = new Sqlite(path);
  db.pragma('wal_checkpoint(TRUNCATE)');
  const pages = db
    .prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'frames' AND pagetype = 'leaf' ORDER BY path")
    .pluck()
    .all();
  db.close();
  const file = await open(path, 'r+');
  for (const page of pages.slice(10, 13)) await file.write(Buffer.alloc(PAGE, 0xa5), 0, PAGE, (page - 1) * PAGE);
  await file.close();
}

test('a hub on a damaged log starts, says what is lost, keeps the rest and takes more', async () => {
  const dataDir = temporaryFolder();
  onTestFinished(() => removeFolder(dataDir));
  const first = await startHubProcess(dataDir, ['--rate-limit', '100000/s']);
  await sendFrames(first);
  await first.stop('SIGKILL');
  await garbleFrames(join(dataDir, 'perch.sqlite'));

  const hub = await startHubProcess(dataDir);
  onTestFinished(async () => void (await hub.stop('SIGKILL')));
  const isSalvaged = ({ event, sentence }: Readonly<Record<string, unknown>>) =>
    event === 'alert' && typeof sentence === 'string' && sentence.includes('Lost: frames');
  const alert = await hub.event(isSalvaged);
  const [, from, to] = /Lost: frames (\d+) to (\d+) /.exec(String(alert.sentence)) ?? [];
  const lost = Number(to) - Number(from) + 1;
  expect(alert).toMatchObject({ id: 'storage.damaged', severity: 'critical' });
  expect(lost).toBeGreaterThan(5);
  expect(lost).toBeLessThan(60);

  const log = await openReadStore({ dataDir });
  expect(await log.listSessions()).toMatchObject([{ frames: BATCHES * 150 - lost }]);
  await log.close();
  const client = await WireClient.open(
    `${hub.ready.http.replace('http', 'ws')}/pocket-parrot?key=${hub.ready.joinKey}`,
  );
  await client.ask({ type: 'handshake', deviceId: 'one' });
  expect(await client.ask({ type: 'data', data: { id: 'after' } })).toMatchObject({ type: 'ack', received: 'after' });
  await client.close();
  expect(await hub.stop()).toBe(0);
});

test('one byte of the newest and of an older frame flipped: the hub starts, and serves and exports the rest', async () => {
  const dataDir = temporaryFolder();
  onTestFinished(() => removeFolder(dataDir));
  const first = await startHubProcess(dataDir, ['--rate-limit', '100000/s']);
  await sendFrames(first);
  expect(await first.stop()).toBe(0);
  const path = join(dataDir, 'perch.sqlite');
  const content = await readFile(path);
  const file = await open(path, 'r+');
  for (const id of [700, BATCHES * 150]) await file.write(Buffer.of(0xff), 0, 1, content.indexOf(`{"id":${id},`));
  await file.close();

  const exported = runPerch(['export', '--data', dataDir, '--session', 'latest', '--out', '-']);
  expect(exported).toMatchObject({ code: 0, stderr: expect.stringContaining('2 frames are damaged') });
  expect(exported.stdout.trimEnd().split('\r\n')).toHaveLength(1 + BATCHES * 150 - 2);
  const hub = await startHubProcess(dataDir);
  onTestFinished(async () => void (await hub.stop('SIGKILL')));
  const get = (path: string) => fetch(`${hub.ready.http}${path}&key=${hub.ready.adminKey}`);
  const page = await get('/api/v1/frames?session=latest&limit=1000');
  expect(page.status).toBe(200);
  expect((await (await get('/api/v1/sessions/latest/export?format=csv')).text()).trimEnd().split('\r\n')).toHaveLength(
    1 + BATCHES * 150 - 2,
  );
  const alert = await hub.event(({ event, id }) => event === 'alert' && id === 'storage.damaged');
  expect(alert).toMatchObject({ severity: 'critical' });
  await hub.event(
    ({ sentence }) => String(sentence).includes('Lost: frame 700 (') && String(sentence).includes('frame 1500 ('),
  );
  expect(await hub.stop()).toBe(0);
});
