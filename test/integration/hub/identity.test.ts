import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { type Message, WireClient } from '../../helpers/wire-client';

let dataDir: string;
let hub: HubProcess;
beforeEach(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir);
});
afterEach(async () => {
  await hub.stop();
  removeFolder(dataDir);
});

/** Connects with a handshake, stores one frame, and says who the hub took it for. */
async function meet(handshake: object, key = hub.ready.joinKey): Promise<{ client: WireClient; welcome: Message }> {
  const client = await WireClient.open(`${hub.ready.http.replace('http', 'ws')}/pocket-parrot`);
  const welcome = await client.ask({ type: 'handshake', token: key, ...handshake });
  expect(welcome.type).toBe('welcome');
  expect(await client.ask({ type: 'data', data: { text: 'here' } })).toMatchObject({ type: 'ack' });
  return { client, welcome };
}

async function restart(): Promise<void> {
  expect(await hub.stop()).toBe(0);
  hub = await startHubProcess(dataDir);
}

test('a persistent device id is the same device after reconnect and restart', async () => {
  const first = await meet({ deviceId: 'my-phone', username: 'ann' });
  expect(first.welcome.clientId).toBe('my-phone');
  await first.client.close();
  const second = await meet({ deviceId: 'my-phone' });
  await second.client.close();
  await restart();
  const third = await meet({ deviceId: 'my-phone' });
  expect(new Set([first, second, third].map(({ welcome }) => welcome.deviceId)).size).toBe(1);
  await third.client.close();
});

test('a user name is the same device; a second live one is another, shown as "ann (2)", and stays so', async () => {
  const ann = await meet({ username: 'ann' });
  const other = await meet({ username: 'ann' });
  expect(ann.welcome.clientId).toBe('user_ann');
  expect(other.welcome.clientId).toBe('user_ann (2)');
  expect(other.welcome.deviceId).not.toBe(ann.welcome.deviceId);
  await ann.client.close();
  await other.client.close();
  await restart();
  const again = await meet({ username: 'ann' });
  const otherAgain = await meet({ username: 'ann' });
  expect(again.welcome.deviceId).toBe(ann.welcome.deviceId);
  expect(otherAgain.welcome.deviceId).toBe(other.welcome.deviceId);
  await again.client.close();
  await otherAgain.client.close();
});

test('a device key is issued only for pair: true, and is that device whatever else it says', async () => {
  const unpaired = await meet({ deviceId: 'a' });
  expect(unpaired.welcome).not.toHaveProperty('deviceKey');
  await unpaired.client.close();
  const paired = await meet({ deviceId: 'b', pair: true });
  const key = paired.welcome.deviceKey as string;
  expect(key.length).toBeGreaterThanOrEqual(22);
  await paired.client.close();
  await restart();
  const back = await meet({ username: 'somebody else' }, key);
  expect(back.welcome.deviceId).toBe(paired.welcome.deviceId);
  await back.client.close();
});

test('once a device came with its own key, its id with the join key is a new device and an alert', async () => {
  const paired = await meet({ deviceId: 'mine', username: 'ann', pair: true });
  await paired.client.close();
  // Before it did, the id still finds it: the answer with the key may have been lost.
  const retry = await meet({ deviceId: 'mine', pair: true });
  expect(retry.welcome.deviceId).toBe(paired.welcome.deviceId);
  await retry.client.close();
  const owner = await meet({ deviceId: 'mine' }, paired.welcome.deviceKey as string);
  await owner.client.close();

  const thief = await meet({ deviceId: 'mine' });
  expect(thief.welcome.deviceId).not.toBe(paired.welcome.deviceId);
  const alert = await hub.event(({ event }) => event === 'alert');
  expect(alert).toMatchObject({ severity: 'warning', id: `claim.${String(paired.welcome.deviceId)}` });
  await thief.client.close();
});

test('a second socket of the same device replaces the first: 4001, after everything received is acked', async () => {
  const first = await meet({ deviceId: 'one' });
  const second = await meet({ deviceId: 'one' });
  expect(await first.client.closed).toMatchObject({ code: 4001 });
  expect(await second.client.ask({ type: 'data', data: {} })).toMatchObject({ type: 'ack' });
  await second.client.close();
});

test('a connection that stores no frame leaves no device', async () => {
  const client = await WireClient.open(
    `${hub.ready.http.replace('http', 'ws')}/pocket-parrot?key=${hub.ready.joinKey}`,
  );
  await client.ask({ type: 'handshake', username: 'ghost' });
  await client.close();
  await hub.event(({ event }) => event === 'disconnected');
  const answer = await fetch(`${hub.ready.http}/api/v1/devices`, {
    headers: { authorization: `Bearer ${hub.ready.viewerKey}` },
  });
  expect(await answer.json()).toEqual({ items: [], next: null });
});

test('the clock of the welcome and of the acks is RFC 3339, and ids are the hub’s own', async () => {
  const { client, welcome } = await meet({ deviceId: 'x' });
  expect(welcome.serverTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(welcome.deviceId).not.toBe('x');
  await client.close();
});
