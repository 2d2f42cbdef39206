import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ContractHub, startContractHub } from '../../helpers/contract-hub';
import { WireClient } from '../../helpers/wire-client';

let running: ContractHub;
beforeEach(async () => {
  running = await startContractHub();
});
afterEach(async () => {
  await running.stop();
  expect(running.bugs).toEqual([]);
});

async function open(): Promise<WireClient> {
  const { http, joinKey } = running.ready;
  const client = await WireClient.open(`${http.replace('http', 'ws')}/signaling?key=${joinKey}`);
  await client.next();
  return client;
}

test('hub.signaling: counts, speaks to everybody, says goodbye', async () => {
  const { signaling } = running.hub;
  expect(signaling.getClientsCount()).toBe(0);
  const clients = [await open(), await open()];
  expect(signaling.getClientsCount()).toBe(2);
  signaling.broadcastToAll({ type: 'error', text: 'from the hub itself' });
  for (const client of clients) expect(await client.next()).toEqual({ type: 'error', text: 'from the hub itself' });
  signaling.shutdown();
  for (const client of clients) {
    expect(await client.closed).toMatchObject({ code: 1001 });
    expect(client.received.at(-1)).toEqual({ type: 'server_shutdown' });
  }
  // The hub goes on.
  await (await open()).close();
});
