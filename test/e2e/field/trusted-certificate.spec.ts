import { expect, test } from '@playwright/test';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { caFileOf, launchTrustedChromium } from '../../helpers/trusted-chromium';

let dataDir: string;
let hub: HubProcess;

test.beforeEach(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir);
});

test.afterEach(async () => {
  await hub.stop();
  removeFolder(dataDir);
});

test('a browser with the CA installed opens the phone page at every own address, with no warning and no switch', async () => {
  const { browser, close } = await launchTrustedChromium([caFileOf(dataDir)]);
  const port = new URL(hub.ready.https ?? '').port;
  for (const name of new Set(['localhost', '127.0.0.1', ...hub.ready.addresses])) {
    const page = await browser.newPage();
    const response = await page.goto(`https://${name}:${port}/join`);
    expect(response?.status(), name).toBe(200);
    expect(await page.evaluate(() => isSecureContext)).toBe(true);
    await expect(page.getByRole('heading').first()).toBeVisible();
    await page.close();
  }
  await close();
});

test('a browser without it is warned, so the test above proves the trust', async () => {
  const { browser, close } = await launchTrustedChromium([]);
  const page = await browser.newPage();
  await expect(page.goto(`${hub.ready.https}/join`)).rejects.toThrow(/ERR_CERT_AUTHORITY_INVALID/);
  await close();
});
