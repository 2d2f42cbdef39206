import { hostname } from 'node:os';
import { expect, type Page, test } from '@playwright/test';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { selfSigned } from '../../helpers/made-certificates';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { caFileOf, launchTrustedChromium } from '../../helpers/trusted-chromium';

/** As other machines of the network find it: loopback itself would count as secure. */
const NAME = `${hostname().split('.')[0]}.local`;
const SWITCHES = [
  `--host-resolver-rules=MAP ${NAME} 127.0.0.1`,
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
];
const HERE = { latitude: 47.6, longitude: -122.33, accuracy: 5 };

let dataDir: string;
let hub: HubProcess;

test.beforeEach(() => {
  dataDir = temporaryFolder();
});

test.afterEach(async () => {
  await hub.stop();
  removeFolder(dataDir);
});

/** A phone whose browser trusts these, at what the QR code holds. */
async function scan(caFiles: readonly string[]): Promise<{ page: Page; close: () => Promise<void> }> {
  const { browser, close } = await launchTrustedChromium(caFiles, SWITCHES);
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    geolocation: HERE,
    permissions: ['geolocation', 'microphone'],
    locale: 'en',
  });
  const page = await context.newPage();
  const url = new URL(hub.ready.join);
  url.hostname = NAME;
  await page.goto(url.href);
  return { page, close };
}

async function startAndExpectStored(page: Page): Promise<void> {
  await page.getByLabel('Your name').fill('Ann');
  await page.getByRole('button', { name: 'Next' }).tap();
  await page.getByRole('button', { name: 'Start' }).tap();
  await expect(page.getByTestId('link')).toHaveAttribute('data-state', 'connected');
  await expect(page.getByTestId('delivered')).not.toHaveText('0');
}

test('from the QR code: not trusted, the page waits; trusted, it goes on by itself, and the phone streams', async () => {
  hub = await startHubProcess(dataDir);
  const { page, close } = await scan([]);
  await page.getByLabel('Android').check();
  await page.getByRole('button', { name: 'Begin' }).tap();
  await page.getByRole('button', { name: 'I have it' }).tap();
  await expect(page.getByText('Waiting for the certificate')).toBeVisible();
  await page.getByText('Compare the fingerprint').tap();
  // As the settings of the phone name it.
  await expect(page.getByText(/^Perch hub [0-9a-f]{6}$/)).toBeVisible();
  const asked = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/health'));
  await asked;
  expect(page.url()).toMatch(/^http:/);
  // The same page: no browser here reads its trust store anew while it runs.
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Security.setIgnoreCertificateErrors', { ignore: true });
  await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeFocused({ timeout: 15_000 });
  expect(page.url()).toMatch(/^https:.*\/join$/);
  await startAndExpectStored(page);
  await close();
});

test('from the QR code with the certificate in the browser’s trust store: nothing to press before the name', async () => {
  hub = await startHubProcess(dataDir);
  const { page, close } = await scan([caFileOf(dataDir)]);
  await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeFocused({ timeout: 15_000 });
  expect(page.url()).toMatch(/^https:.*\/join$/);
  await startAndExpectStored(page);
  await close();
});

test('continue without: the browser’s own warning is clicked through, and the phone streams', async () => {
  hub = await startHubProcess(dataDir);
  const { page, close } = await scan([]);
  await page.getByRole('button', { name: 'Begin' }).tap();
  await page.getByRole('button', { name: 'Continue without' }).tap();
  await page.getByRole('link', { name: 'Open the page anyway' }).tap();
  await page.getByRole('button', { name: 'Advanced' }).click();
  await page.getByRole('link', { name: /Proceed/ }).click();
  await startAndExpectStored(page);
  await close();
});

test('a hub with its owner’s certificate has no trust steps: its button opens the secure page', async () => {
  const { certFile, keyFile } = selfSigned(dataDir, NAME);
  hub = await startHubProcess(dataDir, ['--cert', certFile, '--key', keyFile, '--public-host', NAME]);
  const { page, close } = await scan([]);
  await expect(page.getByRole('button', { name: 'Begin' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Continue without' })).toBeVisible();
  await page.getByRole('button', { name: 'Open the secure page' }).tap();
  // Its owner's to get right: this one is trusted by nobody.
  await page.getByRole('button', { name: 'Advanced' }).click();
  await page.getByRole('link', { name: /Proceed/ }).click();
  await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeFocused({ timeout: 15_000 });
  await close();
});
