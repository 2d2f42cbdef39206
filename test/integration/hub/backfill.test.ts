import { afterEach, expect, test } from 'vitest';
import { createMemoryTransports } from '../../../src/common/rpc/memory-transport';
import { Room } from '../../contract/room';
import { type ContractHub, startContractHub } from '../../helpers/contract-hub';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { type Message, WireClient } from '../../helpers/wire-client';

const HOUR = 3_600_000;
const dataDir = temporaryFolder();
let running: ContractHub;
afterEach(async () => {
  await running.stop();
  removeFolder(dataDir);
});

const latitudeOf = async ({ deviceId }: Message): Promise<unknown> => {
  const { http, viewerKey } = running.ready;
  const answer = await fetch(`${http}/api/v1/devices?key=${viewerKey}`);
  const { items } = (await answer.json()) as { items: ReadonlyArray<{ id: string; position: { latitude: number } }> };
  return items.find(({ id }) => id === deviceId)?.position.latitude;
};

async function trailOf({ deviceId }: Message): Promise<readonly number[]> {
  const [near, far] = createMemoryTransports();
  running.hub.attachConsole(far, 'operator', null);
  const room = new Room({ transport: near, dispose: () => Promise.resolve() });
  const { points } = await room.client.request('track.get', { deviceId: String(deviceId), limit: 10 });
  return points.map(({ latitude }) => latitude);
}

test('a backfill of days ago never drags marker or trail back, nor after a restart', async () => {
  running = await startContractHub({ dataDir });
  const { http, joinKey, viewerKey } = running.ready;
  const phone = await WireClient.open(`${http.replace('http', 'ws')}/pocket-parrot?key=${joinKey}`);
  const welcome = await phone.ask({ type: 'handshake', username: 'ann' });
  const frame = (seq: number, latitude: number, ageMs: number): object => ({
    seq,
    data: { timestamp: Date.now() - ageMs, gps: { latitude, longitude: 7 } },
  });
  await phone.ask({ type: 'batch', boot: 'b', frames: [frame(10, 10, 0)] });
  const old = [frame(1, 1, 50 * HOUR), frame(2, 2, 25 * HOUR), frame(3, 3, HOUR)];
  await phone.ask({ type: 'batch', boot: 'b', live: false, frames: old });
  expect(await latitudeOf(welcome)).toBe(10);
  expect(await trailOf(welcome)).toEqual([1, 2, 3, 10]);
  const answer = await fetch(`${http}/api/v1/frames?key=${viewerKey}`);
  const { items } = (await answer.json()) as { items: ReadonlyArray<{ flags: readonly string[] }> };
  expect(items.map(({ flags }) => flags.includes('clock_skew'))).toEqual([false, true, true, false]);
  await phone.close();
  await running.hub.close();

  running = await startContractHub({ dataDir });
  expect(await latitudeOf(welcome)).toBe(10);
  expect(await trailOf(welcome)).toEqual([1, 2, 3, 10]);
});
