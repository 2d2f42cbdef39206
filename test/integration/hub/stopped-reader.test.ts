import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIMITS } from '../../../src/common/wire/limits';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

let dataDir: string;
let hub: HubProcess;
beforeAll(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir, ['--rate-limit', '100000/s']);
});
afterAll(async () => {
  await hub.stop();
  removeFolder(dataDir);
});

const MIB = 1024 * 1024;
const base = (): string => hub.ready.http.replace('http', 'ws');
const phoneUrl = (): string => `${base()}/pocket-parrot?key=${hub.ready.joinKey}`;
const health = async () => (await (await fetch(`${hub.ready.http}/health`)).json()) as Record<string, number>;

/** Resident memory of the hub, bytes (proc(5)). */
function residentBytes(): number {
  const pages = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${hub.ready.pid}/status`, 'utf8'))?.[1];
  return Number(pages) * 1024;
}

/** Resolves when the hub counts so many connections. */
async function untilConnections(count: number): Promise<void> {
  while ((await health()).connections !== count) await new Promise((resolve) => setImmediate(resolve));
}

test('a phone that reads no acks is ended, keeps what was stored, and costs the others nothing', async () => {
  const other = await WireClient.open(phoneUrl());
  await other.ask({ type: 'handshake', deviceId: 'other' });
  const deaf = await WireClient.open(phoneUrl());
  await deaf.ask({ type: 'handshake', deviceId: 'deaf' });
  const before = residentBytes();
  deaf.socket.pause();
  // Each ack gives the frame's id back: the longer, the sooner the way back is full.
  const id = 'x'.repeat(30_000);
  let sent = 0;
  const flood = (async () => {
    while (deaf.socket.readyState === deaf.socket.OPEN && sent < 3_000) {
      sent += 1;
      await new Promise((resolve) => deaf.socket.send(JSON.stringify({ type: 'data', data: { id } }), resolve));
      // A paused socket does not see that the other end is gone: the hub does.
      if (sent % 100 === 0 && (await health()).connections === 1) return;
    }
  })();
  for (let seq = 1; seq <= 50; seq += 1) {
    expect(await other.ask({ type: 'data', boot: 'b', seq, data: { id: seq } })).toMatchObject({ type: 'ack', seq });
  }
  await flood;
  await untilConnections(1);
  deaf.socket.terminate();
  // The way back was bounded: 90 MB of acks would have piled up.
  expect(sent * id.length).toBeGreaterThan(LIMITS.unreadBytes);
  expect(residentBytes() - before).toBeLessThan(256 * MIB);
  expect(await other.ask({ type: 'data', boot: 'b', seq: 51, data: {} })).toMatchObject({ type: 'ack', seq: 51 });
  await other.close();
});

test('a feed that is not read gets the newest when it reads again, and holds nobody up', async () => {
  const phone = await WireClient.open(phoneUrl());
  await phone.ask({ type: 'handshake', deviceId: 'walker', username: 'walker' });
  const feed = await WireClient.open(`${base()}/dashboard?key=${hub.ready.viewerKey}`);
  await feed.until(() => feed.received.length > 0);
  feed.socket.pause();
  for (let seq = 1; seq <= 500; seq += 1) {
    const gps = { latitude: seq / 100, longitude: 7 };
    expect(await phone.ask({ type: 'data', boot: 'w', seq, data: { gps } })).toMatchObject({ type: 'ack', seq });
  }
  feed.socket.resume();
  const newest = (): unknown => {
    const list = feed.received.at(-1) as unknown as readonly { username: string; gps: { latitude: number } | null }[];
    return list.find(({ username }) => username === 'walker')?.gps?.latitude;
  };
  await feed.until(() => newest() === 5);
  await feed.close();
  await phone.close();
});
