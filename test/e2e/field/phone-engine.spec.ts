import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, expect, type Page, test } from '@playwright/test';
import { findChromium, isChromiumSandboxed } from '../../helpers/find-chromium';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { countOf, startPhone } from '../../helpers/phone-page';
import { startSocketRefusingProxy } from '../../helpers/socket-refusing-proxy';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { caFileOf, launchTrustedChromium } from '../../helpers/trusted-chromium';

const START = { latitude: 47.6, longitude: -122.33, accuracy: 5 };

let dataDir: string;
let hub: HubProcess;
let browser: Browser;
let phone: BrowserContext;

test.beforeEach(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir);
  browser = await chromium.launch({
    executablePath: findChromium(),
    chromiumSandbox: isChromiumSandboxed,
    args: ['--disable-background-networking'],
  });
  phone = await browser.newContext(asPhone);
});

test.afterEach(async () => {
  await browser.close();
  await hub.stop();
  removeFolder(dataDir);
});

const asPhone = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  ignoreHTTPSErrors: true,
  geolocation: START,
  permissions: ['geolocation'],
};

async function open(origin: string, context = phone): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${origin}/join${new URL(hub.ready.join).hash}`);
  await startPhone(page);
  return page;
}

/** Walks until the hub has so many frames more. */
async function walk(page: Page, frames: number): Promise<void> {
  const before = await countOf(page, 'captured');
  let latitude = START.latitude;
  await expect
    .poll(
      async () => {
        latitude += 0.0001;
        await page.context().setGeolocation({ ...START, latitude });
        return countOf(page, 'captured');
      },
      { timeout: 30_000 },
    )
    .toBeGreaterThanOrEqual(before + frames);
}

const untilDelivered = (page: Page) => expect(page.getByTestId('waiting')).toHaveText('0', { timeout: 40_000 });

async function storedFrames(): Promise<{ boot: string | null; seq: number | null }[]> {
  const answer = await fetch(`${hub.ready.http}/api/v1/frames?limit=1000`, {
    headers: { authorization: `Bearer ${hub.ready.viewerKey}` },
  });
  return ((await answer.json()) as { items: { boot: string | null; seq: number | null }[] }).items;
}

/** Nothing lost and nothing twice, of one page load. */
async function expectEachOnce(captured: number): Promise<void> {
  const seqs = (await storedFrames()).map(({ seq }) => Number(seq)).sort((a, b) => a - b);
  expect(seqs).toEqual(Array.from({ length: captured }, (_, n) => n + 1));
}

async function stopAndExpectEachOnce(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Stop' }).click();
  await untilDelivered(page);
  await expectEachOnce(await countOf(page, 'captured'));
}

test('where wss is refused and HTTPS works, the phone goes on by requests', async () => {
  const leaf = (name: string): string => readFileSync(join(dataDir, 'tls', name), 'utf8');
  const tls = { cert: leaf('leaf.pem'), key: leaf('leaf-key.pem') };
  const proxy = await startSocketRefusingProxy(hub.ready.https ?? '', tls);
  const page = await open(proxy.origin);
  await expect(page.getByTestId('link')).toHaveAttribute('data-state', 'connected', { timeout: 30_000 });
  await walk(page, 3);
  await untilDelivered(page);
  expect(proxy.refused()).toBeGreaterThanOrEqual(2);
  await stopAndExpectEachOnce(page);
  await page.close();
  await proxy.stop();
});

test('a hub that comes back at another of its addresses gets every frame once', async () => {
  const own = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
  expect(own, 'this machine has an address of its own').toBeDefined();
  const tlsPort = new URL(hub.ready.https ?? '').port;
  const page = await open(`https://127.0.0.1:${tlsPort}`);
  await walk(page, 3);
  await hub.stop('SIGKILL');
  await walk(page, 3);
  hub = await startHubProcess(dataDir, ['--host', own ?? '', '--port', '0', '--tls-port', tlsPort]);
  await untilDelivered(page);
  await walk(page, 2);
  await stopAndExpectEachOnce(page);
});

test('a page that was frozen comes back with a fresh socket and loses nothing', async () => {
  const page = await open(hub.ready.https ?? '');
  await walk(page, 2);
  const devtools = await phone.newCDPSession(page);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  const { port } = new URL(hub.ready.http);
  const tlsPort = new URL(hub.ready.https ?? '').port;
  await hub.stop('SIGKILL');
  hub = await startHubProcess(dataDir, ['--port', port, '--tls-port', tlsPort]);
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await walk(page, 2);
  await untilDelivered(page);
  await stopAndExpectEachOnce(page);
});

test('a phone that tells no battery sends all the same', async () => {
  await phone.addInitScript(() => {
    Reflect.deleteProperty(Navigator.prototype, 'getBattery');
  });
  const page = await open(hub.ready.https ?? '');
  expect(await page.evaluate(() => 'getBattery' in navigator)).toBe(false);
  await walk(page, 2);
  await stopAndExpectEachOnce(page);
});

test('with a trusted certificate the page opens while the hub is away, records, and delivers when it is back', async () => {
  const trusted = await launchTrustedChromium([caFileOf(dataDir)]);
  const context = await trusted.browser.newContext({ ...asPhone, ignoreHTTPSErrors: false });
  const { port } = new URL(hub.ready.http);
  const origin = hub.ready.https ?? '';
  const page = await open(origin, context);
  await walk(page, 2);
  await untilDelivered(page);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await hub.stop('SIGKILL');
  await walk(page, 2);
  await page.reload();
  await startPhone(page);
  await expect.poll(() => countOf(page, 'waiting')).toBeGreaterThanOrEqual(2);
  const names = await page.evaluate(async () => {
    const cache = await caches.open((await caches.keys())[0] ?? '');
    return (await cache.keys()).map(({ url }) => new URL(url).pathname + new URL(url).search);
  });
  expect(names.filter((name) => name !== '/join' && !name.startsWith('/assets/'))).toEqual([]);
  hub = await startHubProcess(dataDir, ['--port', port, '--tls-port', new URL(origin).port]);
  await untilDelivered(page);
  expect((await storedFrames()).length).toBe(await countOf(page, 'captured'));
  await trusted.close();
});
