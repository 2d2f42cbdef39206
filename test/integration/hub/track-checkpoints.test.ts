import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHubClient } from '../../../src/common/contract/client';
import { createMemoryTransports } from '../../../src/common/rpc/memory-transport';
import { startContractHub } from '../../helpers/contract-hub';
import { watchThreads } from '../../helpers/crash-thread';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

const PHONES = ['ann', 'ben', 'cid'];
const BATCH = 200;

const threads = watchThreads();

let dataDir: string;
let hub: HubProcess;
const start = () => startHubProcess(dataDir, ['--rate-limit', '100000/s', '--log-level', 'info']);
beforeEach(async () => {
  dataDir = temporaryFolder();
  hub = await start();
});
afterEach(async () => {
  await hub.stop('SIGKILL');
  removeFolder(dataDir);
});

interface Device {
  readonly name: string;
  readonly track: object | null;
}

/** By name. */
async function tracks(): Promise<readonly (readonly [string, object | null])[]> {
  const { viewerKey, http } = hub.ready;
  const answer = await fetch(`${http}/api/v1/devices`, { headers: { authorization: `Bearer ${viewerKey}` } });
  const { items } = (await answer.json()) as { items: readonly Device[] };
  return items.map(({ name, track }) => [name, track] as const).sort();
}

/** How many frames this run of the hub read for them; null while it does. */
const replayed = (): number | null => {
  const line = hub
    .log()
    .split('\n')
    .find((one) => one.includes('tracks replayed'));
  return line === undefined ? null : (JSON.parse(line) as { frames: number }).frames;
};

/** Sent by each phone so far. */
const sent = new Map<string, number>();
beforeEach(() => sent.clear());

/** A walk in loops, up and down; in every tenth batch what is older than what is here already. */
async function send(batches: number, phones: readonly string[] = PHONES): Promise<void> {
  const { http, joinKey } = hub.ready;
  for (const deviceId of phones) {
    const phone = await WireClient.open(`${http.replace('http', 'ws')}/pocket-parrot?key=${joinKey}`);
    await phone.ask({ type: 'handshake', username: deviceId, deviceId });
    const first = sent.get(deviceId) ?? 0;
    for (let batch = 0; batch < batches; batch += 1) {
      const frames = Array.from({ length: BATCH }, (_, index) => {
        const at = first + batch * BATCH + index;
        const second = batch % 10 === 9 ? at - 4_000 : at;
        const latitude = 47 + Math.sin(second / 90) / 100;
        const gps = { latitude, longitude: 11 + second / 1e5, accuracy: 4, altitude: 500 + (second % 60) };
        return { seq: at + 1, data: { timestamp: Date.now() - 80_000_000 + second * 1000, gps } };
      });
      expect(await phone.ask({ type: 'batch', boot: 'b', live: false, frames })).toMatchObject({ stored: BATCH });
    }
    sent.set(deviceId, first + batches * BATCH);
    await phone.close();
  }
}

const checkpoints = <T>(sql: string): T => {
  const db = new Sqlite(join(dataDir, 'perch.sqlite'));
  try {
    return db.prepare<[], T>(sql).pluck().get() as T;
  } finally {
    db.close();
  }
};

test('after a stop nothing is read again; after SIGKILL what came since; and the tracks are the same', async () => {
  await send(10);
  const before = await tracks();
  expect(before.map(([name]) => name)).toEqual(PHONES);
  expect(await hub.stop()).toBe(0);
  hub = await start();
  await expect.poll(replayed).toBe(0);
  expect(await tracks()).toEqual(before);

  await send(10, ['ann', 'ben']);
  // Saved once a second, for frames that came: a hub that is killed at once reads all of them, one that is not, fewer.
  await expect
    .poll(() => checkpoints<number>('SELECT max(all_up_to) FROM track_checkpoints'), { timeout: 10_000 })
    .toBeGreaterThan(PHONES.length * 10 * BATCH);
  await send(1);
  const stored = PHONES.length * 11 * BATCH + 2 * 10 * BATCH;
  const later = await tracks();
  await hub.stop('SIGKILL');
  hub = await start();
  await expect.poll(replayed).not.toBeNull();
  expect(replayed()).toBeLessThan(stored - PHONES.length * 10 * BATCH);
  expect(await tracks()).toEqual(later);
});

test('damaged, or of another version: nothing of it is believed, all frames are read once, and it is there again', async () => {
  await send(3);
  const before = await tracks();
  for (const damage of [
    'SET state = zeroblob(length(state)) WHERE is_clean = 1 AND device = 2',
    'SET state = substr(state, 1, length(state) - 8) WHERE device = 1',
    'SET up_to = up_to - 1 WHERE is_clean = 0 AND device = 3',
  ]) {
    expect(await hub.stop()).toBe(0);
    const db = new Sqlite(join(dataDir, 'perch.sqlite'));
    expect(db.prepare(`UPDATE track_checkpoints ${damage}`).run().changes).toBeGreaterThan(0);
    db.close();
    hub = await start();
    await expect.poll(replayed).toBe(3 * 3 * BATCH);
    expect(await tracks()).toEqual(before);
  }
  expect(await hub.stop()).toBe(0);
  hub = await start();
  await expect.poll(replayed).toBe(0);
  expect(await tracks()).toEqual(before);
});

test('a session begun anew has none of the one before; that one, taken up again, goes on from what was saved', async () => {
  await send(2);
  const before = await tracks();
  expect(await hub.stop()).toBe(0);
  hub = await startHubProcess(dataDir, ['--session', 'Second', '--log-level', 'info']);
  await expect.poll(replayed).toBe(0);
  expect(await tracks()).toEqual(PHONES.map((name) => [name, null]));
  expect(await hub.stop()).toBe(0);
  hub = await startHubProcess(dataDir, ['--session', '', '--log-level', 'info']);
  await expect.poll(replayed).toBe(0);
  expect(await tracks()).toEqual(before);
});

test('an erased person leaves no checkpoint, and no byte of where they were', async () => {
  await hub.stop();
  const running = await startContractHub({ dataDir });
  const [near, far] = createMemoryTransports();
  running.hub.attachConsole(far, 'operator', null);
  const room = createHubClient(near);
  const { http, joinKey } = running.ready;
  const marks = new Map([
    ['ann', 47.123456789],
    ['ben', 48.987654321],
  ]);
  for (const [deviceId, latitude] of marks) {
    const phone = await WireClient.open(`${http.replace('http', 'ws')}/pocket-parrot?key=${joinKey}`);
    await phone.ask({ type: 'handshake', username: deviceId, deviceId });
    const frames = Array.from({ length: 120 }, (_, index) => ({
      seq: index + 1,
      data: { timestamp: Date.now() - 900_000 + index * 60_000, gps: { latitude, longitude: 11 + index / 1e3 } },
    }));
    expect(await phone.ask({ type: 'batch', boot: 'b', live: false, frames })).toMatchObject({ stored: 120 });
    await phone.close();
  }
  const holders = () => checkpoints<number>('SELECT count(DISTINCT device) FROM track_checkpoints');
  await expect.poll(holders, { timeout: 10_000 }).toBe(2);
  const { devices } = await room.request('live.subscribe', {});
  const deviceId = devices.find(({ name }) => name === 'ann')?.deviceId ?? '';
  await room.request('device.erase', { deviceId, name: 'ann' });
  expect(holders()).toBe(1);
  await running.stop();
  expect(running.bugs).toEqual([]);
  const bytes = readFileSync(join(dataDir, 'perch.sqlite')).toString('latin1');
  const found = [...marks.values()].map((latitude) => {
    const [little, big] = [Buffer.alloc(8), Buffer.alloc(8)];
    little.writeDoubleLE(latitude);
    big.writeDoubleBE(latitude);
    return [little, big].map((double) => bytes.split(double.toString('latin1')).length - 1);
  });
  expect(found[0]).toEqual([0, 0]);
  expect(found[1]?.every((times) => times > 0)).toBe(true);
});

test('the writer crashes amid frames: none that it stored and did not tell of is missing in the tracks', async () => {
  await hub.stop();
  const running = await startContractHub({ dataDir, rateLimit: { perSecond: 100_000, burst: 100_000 } });
  const { http, joinKey } = running.ready;
  const phone = await WireClient.open(`${http.replace('http', 'ws')}/pocket-parrot?key=${joinKey}`);
  await phone.ask({ type: 'handshake', username: 'ann', deviceId: 'ann' });
  const deliver = async (batch: number): Promise<void> => {
    const frames = Array.from({ length: 20 }, (_, index) => {
      const at = batch * 20 + index;
      const gps = { latitude: 47 + Math.sin(at / 30) / 50, longitude: 11 + at / 1e4, altitude: 500 + (at % 50) };
      return { seq: at + 1, data: { timestamp: Date.now() - 80_000_000 + at * 20_000, gps } };
    });
    const ask = () => phone.ask({ type: 'batch', boot: 'b', live: false, frames });
    await expect.poll(async () => (await ask()).type, { timeout: 10_000 }).toBe('ack');
  };
  for (let crash = 0; crash < 2; crash += 1) {
    for (let batch = 0; batch < 10; batch += 1) {
      const delivered = deliver(crash * 10 + batch);
      if (batch === 5) await threads.crash('store-writer');
      await delivered;
    }
  }
  await phone.close();
  const trackOf = async (at: { readonly ready: { readonly http: string; readonly viewerKey: string } }) => {
    const answer = await fetch(`${at.ready.http}/api/v1/devices`, {
      headers: { authorization: `Bearer ${at.ready.viewerKey}` },
    });
    const { items } = (await answer.json()) as { items: readonly Device[] };
    return items[0]?.track;
  };
  await running.stop();
  hub = await start();
  const kept = await trackOf(hub);
  await expect.poll(replayed).toBe(0);
  await hub.stop();
  const db = new Sqlite(join(dataDir, 'perch.sqlite'));
  db.exec('DELETE FROM track_checkpoints');
  db.close();
  hub = await start();
  await expect.poll(replayed).toBe(400);
  expect(kept).not.toBeNull();
  expect(await trackOf(hub)).toEqual(kept);
});
