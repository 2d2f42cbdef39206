import { statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openReadStore } from '../../../src/main/store';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { type Message, WireClient } from '../../helpers/wire-client';
import { type SmallDisk, smallDisk } from '../store/small-disk';

const MIB = 1024 * 1024;
/** A quarter of it is what makes room later: enough for the disk watch to let go, which refuses below 64 MiB. */
const DISK_MIB = 480;
/** So much is left when something else has filled the disk: SQLite itself meets its end, before the watch looks again. */
const LEFT_MIB = 4;
const TEXT = 'x'.repeat(20_000);

/** Fills the disk but for some MiB. Where it is a limit on files, that is reached soon anyway. */
function fill(disk: SmallDisk): void {
  if (disk.kind !== 'tmpfs') return;
  const folder = dirname(disk.dataDir);
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(join(folder, 'filler'), Buffer.alloc(bavail * bsize - LEFT_MIB * MIB));
}

/** Sends big frames, one after the other, until the hub answers with something other than an ack. */
async function sendUntilRefused(client: WireClient, from: number): Promise<{ acked: number[]; refusal: Message }> {
  const acked: number[] = [];
  for (let seq = from; ; seq += 1) {
    const answer = await client.ask({ type: 'data', boot: 'b', seq, data: { id: seq, text: TEXT } });
    if (answer.type !== 'ack') return { acked, refusal: answer };
    acked.push(seq);
  }
}

const openPhone = async (hub: HubProcess): Promise<WireClient> => {
  const { http, joinKey } = hub.ready;
  const client = await WireClient.open(`${http.replace('http', 'ws')}/pocket-parrot?key=${joinKey}`);
  await client.ask({ type: 'handshake', deviceId: 'filler' });
  return client;
};

test('a disk that fills up: refused cleanly on every way in, told to the operator, and it recovers by itself', {
  timeout: 120_000,
}, async () => {
  const disk = smallDisk(DISK_MIB);
  const hub = await startHubProcess(disk.dataDir, ['--rate-limit', '100000/s'], (command) => disk.run(command));
  onTestFinished(async () => void (await hub.stop('SIGKILL')));
  const { http, joinKey } = hub.ready;
  const phone = await openPhone(hub);
  expect(await phone.ask({ type: 'data', boot: 'b', seq: 1, data: { id: 1 } })).toMatchObject({ type: 'ack' });
  fill(disk);
  const { acked, refusal } = await sendUntilRefused(phone, 2);
  const next = acked.length + 2;
  expect(refusal).toMatchObject({ type: 'error', code: 'storage_unavailable', boot: 'b', seq: next });
  expect(acked.length).toBeGreaterThan(0);

  const posted = await fetch(`${http}/api/v1/frames?deviceId=poster`, {
    method: 'POST',
    headers: { authorization: `Bearer ${joinKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ boot: 'p', frames: [{ seq: 1, data: { text: TEXT } }] }),
  });
  expect(posted.status).toBe(503);
  if (disk.kind === 'tmpfs') await hub.event(({ event, id }) => event === 'alert' && id === 'storage.disk');
  expect((await fetch(`${http}/health`)).status).toBe(200);

  disk.makeRoom();
  if (disk.kind !== 'tmpfs') return;
  // The phone does what a phone does: it tries again until it is taken.
  let answer: Message;
  do answer = await phone.ask({ type: 'data', boot: 'b', seq: next, data: { id: next } });
  while (answer.type !== 'ack');
  await phone.close();
  expect(await hub.stop()).toBe(0);

  const store = await openReadStore({ dataDir: disk.dataDir });
  onTestFinished(() => store.close());
  const stored: unknown[] = [];
  for await (const rows of (await store.exportRows({})).pages) {
    stored.push(...rows.map(({ body }) => (JSON.parse(body) as { id: unknown }).id));
  }
  expect(stored).toEqual([1, ...acked, next]);
});
