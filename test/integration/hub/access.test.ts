import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

let dataDir: string;
let hub: HubProcess | null = null;
beforeEach(() => {
  dataDir = temporaryFolder();
});
afterEach(async () => {
  await hub?.stop();
  removeFolder(dataDir);
});

const start = async (...args: string[]): Promise<{ url: string; hub: HubProcess }> => {
  hub = await startHubProcess(dataDir, args);
  return { url: hub.ready.http.replace('http', 'ws'), hub };
};

test('--access open: anyone may send, this laptop may watch, reading the log still needs a key', async () => {
  const { url, hub } = await start('--access', 'open');
  const phone = await WireClient.open(`${url}/pocket-parrot`);
  expect(await phone.ask({ type: 'data', data: { gps: { latitude: 1, longitude: 2 } } })).toMatchObject({
    type: 'ack',
  });
  const feed = await WireClient.open(`${url}/dashboard`);
  await feed.until(() => feed.received.length > 0);
  expect(feed.received[0]).toMatchObject([{ gps: { latitude: 1, longitude: 2 } }]);
  expect((await fetch(`${hub.ready.http}/api/v1/frames`)).status).toBe(401);
  await expect(WireClient.open(`${url}/pocket-parrot?key=wrong`)).rejects.toThrow(/401/);
  await feed.close();
  await phone.close();
});

test('--access open: a device key in the handshake is still that device', async () => {
  const { url } = await start('--access', 'open');
  const first = await WireClient.open(`${url}/pocket-parrot`);
  const welcome = await first.ask({ type: 'handshake', deviceId: 'mine', pair: true });
  await first.ask({ type: 'data', data: {} });
  await first.close();
  const second = await WireClient.open(`${url}/pocket-parrot`);
  const again = await second.ask({ type: 'handshake', token: welcome.deviceKey, username: 'other' });
  expect(again.deviceId).toBe(welcome.deviceId);
  await second.close();
});

test('--no-tls: https is null, the rest works', async () => {
  hub = await startHubProcess(dataDir, ['--port', '0', '--no-tls']);
  expect(hub.ready.https).toBeNull();
  expect(await (await fetch(`${hub.ready.http}/ca.json`)).json()).toMatchObject({ tlsPort: null, caFingerprint: null });
});

test('--max-connections: one more phone is sent away with 1013, the operator is not', async () => {
  const { url, hub } = await start('--max-connections', '1');
  const phone = await WireClient.open(`${url}/pocket-parrot?key=${hub.ready.joinKey}`);
  const second = await WireClient.open(`${url}/pocket-parrot?key=${hub.ready.joinKey}`);
  expect(await second.closed).toMatchObject({ code: 1013 });
  const room = await WireClient.open(`${url}/console?key=${hub.ready.adminKey}`);
  expect(await room.next()).toEqual({ type: 'welcome' });
  await room.close();
  await phone.close();
});

test('--rate-limit and --max-message-bytes are kept', async () => {
  const { url, hub } = await start('--rate-limit', '60/min', '--max-message-bytes', '2000');
  const phone = await WireClient.open(`${url}/pocket-parrot?key=${hub.ready.joinKey}`);
  for (let id = 0; id < 61; id++) phone.send({ type: 'data', data: { id } });
  await phone.until(() => phone.received.length === 61);
  expect(phone.received.at(-1)).toMatchObject({ type: 'error', code: 'rate_limited', received: 60 });
  phone.send({ type: 'data', data: { text: 'x'.repeat(2001) } });
  expect(await phone.closed).toMatchObject({ code: 1009 });
});
