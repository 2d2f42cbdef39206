// The contract over the real preload and the real IPC, without the control room's own code.
import { type ElectronApplication, expect, test } from '@playwright/test';
import { createHubClient } from '../../../src/common/contract/client';
import { CONTRACT_VERSION } from '../../../src/common/contract/version';
import { createRpcClient } from '../../../src/common/rpc/client';
import { startDesktop } from '../../helpers/electron-app';
import { openBarePage, openPageTransport } from '../../helpers/page-transport';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

const folder = temporaryFolder();
let app: ElectronApplication;

test.beforeAll(async () => {
  ({ app } = await startDesktop(folder));
});
test.afterAll(async () => {
  await app.close();
  removeFolder(folder);
});

test('the window is the operator, and has the save dialog', async () => {
  const page = await openBarePage(app);
  const client = createHubClient(await openPageTransport(page));
  const hello = await client.request('hub.hello', { contractVersion: CONTRACT_VERSION });
  expect(hello).toMatchObject({ role: 'operator', capabilities: ['native.saveDialog'], dataFolder: `${folder}/data` });
  expect((await client.request('pairing.get', {})).joinUrl).toContain('/join#k=');
  await page.close();
});

test('refusals keep their code', async () => {
  const page = await openBarePage(app);
  const rpc = createRpcClient(await openPageTransport(page));
  await expect(rpc.request('no.such', {})).rejects.toMatchObject({ code: 'unknown_request' });
  await expect(rpc.request('session.start', { name: 5 })).rejects.toMatchObject({ code: 'invalid_params' });
  await expect(rpc.request('device.get', { deviceId: 'nobody' })).rejects.toMatchObject({ code: 'not_found' });
  await page.close();
});

test('two windows hear the same event, each asks for itself', async () => {
  const pages = [await openBarePage(app), await openBarePage(app)] as const;
  const clients = [
    createHubClient(await openPageTransport(pages[0])),
    createHubClient(await openPageTransport(pages[1])),
  ] as const;
  const heard = clients.map(
    (client) => new Promise<string>((resolve) => client.on('session.changed', ({ session }) => resolve(session.name))),
  );
  for (const client of clients) await client.request('live.subscribe', {});
  const { session } = await clients[0].request('session.start', { name: 'Both hear it' });
  expect(session.name).toBe('Both hear it');
  expect(await Promise.all(heard)).toEqual(['Both hear it', 'Both hear it']);
  for (const page of pages) await page.close();
});

test('many requests at once are each answered with their own', async () => {
  const page = await openBarePage(app);
  const client = createHubClient(await openPageTransport(page));
  const started = [];
  for (let i = 0; i < 50; i++) started.push(client.request('session.start', { name: `Session ${i}` }));
  const names = (await Promise.all(started)).map(({ session }) => session.name);
  expect(names).toEqual(Array.from({ length: 50 }, (_, i) => `Session ${i}`));
  await page.close();
});

test('closing ends the requests that wait', async () => {
  const page = await openBarePage(app);
  const transport = await openPageTransport(page);
  const rpc = createRpcClient(transport);
  await rpc.request('hub.hello', { contractVersion: CONTRACT_VERSION });
  transport.close();
  await expect(rpc.request('hub.hello', { contractVersion: CONTRACT_VERSION })).rejects.toMatchObject({
    code: 'disconnected',
  });
  await page.close();
});
