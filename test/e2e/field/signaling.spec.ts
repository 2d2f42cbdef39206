import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { findChromium, isChromiumSandboxed } from '../../helpers/find-chromium';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { expectMovingPixels } from '../../helpers/moving-pixels';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

const FIXTURES = join(import.meta.dirname, '../../fixtures/webrtc');

let dataDir: string;
let hub: HubProcess;
let browser: Browser;
const complaints: string[] = [];

test.beforeEach(async () => {
  dataDir = temporaryFolder();
  complaints.length = 0;
  hub = await startHubProcess(dataDir);
  browser = await chromium.launch({
    executablePath: findChromium(),
    chromiumSandbox: isChromiumSandboxed,
    args: ['--disable-background-networking'],
  });
});
test.afterEach(async () => {
  await browser.close();
  await hub.stop();
  removeFolder(dataDir);
  expect(complaints, 'errors in the console').toEqual([]);
});

async function open(url: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  return page;
}

const signalingUrl = (key: string): string => `${hub.ready.http.replace('http', 'ws')}/signaling?key=${key}`;

function openFixture(name: string, query: Record<string, string>): Promise<Page> {
  const url = pathToFileURL(join(FIXTURES, name));
  url.search = new URLSearchParams(query).toString();
  return open(url.href);
}

test('usual pages, written for a plain broadcast: pictures move while an operator is there and stays out', async () => {
  const { joinKey, viewerKey } = hub.ready;
  const operator = await WireClient.open(signalingUrl(viewerKey));
  operator.send({ type: 'hello', role: 'viewer' });
  await operator.until(() => operator.received.some(({ type }) => type === 'peers'));
  const receiver = await openFixture('plain-receiver.html', { url: signalingUrl(joinKey) });
  await expect(receiver.locator('#state')).toHaveText('waiting');
  const initiator = await openFixture('plain-initiator.html', { url: signalingUrl(joinKey) });
  await expectMovingPixels(receiver);
  await expect(initiator.locator('#state')).toHaveText('connected');
  // The operator heard all of it, with who said it.
  const heard = operator.received.filter(({ type }) => ['offer', 'answer', 'ice-candidate'].includes(type));
  expect(heard.map(({ type }) => type)).toEqual(expect.arrayContaining(['offer', 'answer', 'ice-candidate']));
  expect(heard.every(({ from }) => typeof from === 'string')).toBe(true);
  await operator.close();
});

test('WHIP: a client posts, the control room answers, pictures move; DELETE ends it', async () => {
  const { joinKey, viewerKey, adminKey, http } = hub.ready;
  const phone = await WireClient.open(`${http.replace('http', 'ws')}/pocket-parrot?key=${joinKey}`);
  const { deviceKey } = await phone.ask({ type: 'handshake', username: 'Ann', pair: true });
  await phone.ask({ type: 'data', data: {} });
  await phone.close();
  const operator = await openFixture('operator.html', { url: signalingUrl(viewerKey) });
  await expect(operator.locator('#state')).toHaveText('waiting');
  for (const key of [String(deviceKey), adminKey]) {
    const client = await openFixture('whip-client.html', { url: `${http}/whip`, key });
    await expect(client.locator('#state')).toHaveText('connected');
    await expect(operator.locator('#state')).toHaveText(/^watching/);
    await expectMovingPixels(operator);
    await client.locator('#stop').click();
    await expect(client.locator('#state')).toHaveText('ended 200');
    await expect(operator.locator('#state')).toHaveText(/^left/);
    await client.close();
  }
});

test('/test-signaling.html: one tab shares, the other sees it move; late-comers too', async () => {
  const address = `${hub.ready.http}/test-signaling.html#k=${hub.ready.joinKey}`;
  const sharer = await open(address);
  await expect(sharer.getByText(/^Connected as p_.*, one of 1\.$/)).toBeVisible();
  // The key is gone from the address, and was never in a request.
  expect(sharer.url()).toBe(`${hub.ready.http}/test-signaling.html`);
  const watcher = await open(address);
  await expect(watcher.getByText(/one of 2\.$/)).toBeVisible();
  await sharer.getByRole('button', { name: 'Test picture' }).click();
  await expectMovingPixels(watcher, '#watched video');
  const late = await open(address);
  await expect(late.getByText(/one of 3\.$/)).toBeVisible();
  await late.getByRole('button', { name: 'Say hello as viewer' }).click();
  await expectMovingPixels(late, '#watched video');
  await expectMovingPixels(watcher, '#watched video');
  await late.getByLabel(/Any message/).fill('{"type":"wave","text":"<b>hi</b>"}');
  await late.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(watcher.locator('#log')).toContainText('"type":"wave","text":"<b>hi</b>"');
  await late.getByLabel(/Any message/).fill('{');
  await late.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(late.getByRole('alert')).toContainText('This is not JSON');
  await sharer.getByRole('button', { name: 'Stop sharing' }).click();
  await expect(sharer.getByRole('button', { name: 'Test picture' })).toBeVisible();
  const html = await (await fetch(`${hub.ready.http}/test-signaling.html`)).text();
  for (const key of [hub.ready.joinKey, hub.ready.viewerKey, hub.ready.adminKey]) expect(html).not.toContain(key);
});

test('/test-signaling.html: a wrong key is said in plain words', async () => {
  const page = await open(`${hub.ready.http}/test-signaling.html`);
  await page.getByLabel('Key').fill('join-wrong');
  await page.getByRole('button', { name: 'Connect' }).click();
  await expect(page.getByText('The hub does not take this key.')).toBeVisible();
});
