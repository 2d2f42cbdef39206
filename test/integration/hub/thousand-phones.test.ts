import { expect, onTestFinished, test } from 'vitest';
import { openReadStore } from '../../../src/main/store';
import { startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

const PHONES = 1_000;
/** Frames each phone has sent and has no ack for when the hub dies. */
const UNACKED = 3;

interface Phone {
  readonly deviceId: string;
  /** Seqs whose ack it has. */
  readonly acked: Set<number>;
}

/** Connects one phone, shakes hands, sends what it has no ack for, and resolves with its socket once all is acked. */
async function deliver(phone: Phone, url: string, upTo: number): Promise<WireClient> {
  const client = await WireClient.open(url);
  expect(await client.ask({ type: 'handshake', deviceId: phone.deviceId })).toMatchObject({ type: 'welcome' });
  for (let seq = 1; seq <= upTo; seq += 1) {
    if (!phone.acked.has(seq)) client.send({ type: 'data', boot: 'b', seq, data: { id: seq } });
  }
  const takeAcks = (): void => {
    for (const { type, seq } of client.received) if (type === 'ack') phone.acked.add(seq as number);
  };
  await client.until(() => {
    takeAcks();
    return phone.acked.size === upTo;
  });
  return client;
}

test(`${PHONES} phones come back at once after the hub was killed: each is served, every frame is there, each once`, {
  timeout: 120_000,
}, async () => {
  const dataDir = temporaryFolder();
  onTestFinished(() => removeFolder(dataDir));
  const first = await startHubProcess(dataDir);
  onTestFinished(async () => void (await first.stop('SIGKILL')));
  const { http, joinKey } = first.ready;
  const url = `${http.replace('http', 'ws')}/pocket-parrot?key=${joinKey}`;
  const phones = Array.from({ length: PHONES }, (_, index): Phone => ({ deviceId: `p${index}`, acked: new Set() }));
  const before = await Promise.all(phones.map((phone) => deliver(phone, url, 1)));
  // These may be stored or not: the hub dies on them.
  for (const { socket } of before) {
    for (let seq = 2; seq <= 1 + UNACKED; seq += 1) {
      socket.send(JSON.stringify({ type: 'data', boot: 'b', seq, data: { id: seq } }));
    }
  }
  await first.stop('SIGKILL');
  await Promise.all(before.map(({ closed }) => closed));

  const second = await startHubProcess(dataDir, ['--port', new URL(http).port, '--tls-port', '0']);
  onTestFinished(async () => void (await second.stop('SIGKILL')));
  // All in the same moment: no jitter, no back-off.
  const after = await Promise.all(phones.map((phone) => deliver(phone, url, 2 + UNACKED)));
  const health = (await (await fetch(`${http}/health`)).json()) as { connections: number };
  expect(health.connections).toBe(PHONES);
  await Promise.all(after.map((client) => client.close()));
  expect(await second.stop()).toBe(0);

  const store = await openReadStore({ dataDir });
  onTestFinished(() => store.close());
  const seen = new Map<string, number>();
  for await (const rows of (await store.exportRows({})).pages) {
    for (const { deviceName, body } of rows) {
      const frame = `${deviceName} ${(JSON.parse(body) as { id: number }).id}`;
      seen.set(frame, (seen.get(frame) ?? 0) + 1);
    }
  }
  expect(seen.size).toBe(PHONES * (2 + UNACKED));
  expect([...seen.values()].every((times) => times === 1)).toBe(true);
});
