import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { forgeCertificate } from '../../helpers/made-certificates';
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

test('a browser with the CA installed opens the phone page at every private address, with no warning and no switch', async () => {
  const { browser, close } = await launchTrustedChromium([caFileOf(dataDir)]);
  const port = new URL(hub.ready.https ?? '').port;
  // A machine of the tests may have an address of the internet, for which this CA must not vouch.
  const leaf = new X509Certificate(readFileSync(join(dataDir, 'tls', 'leaf.pem')));
  const own = hub.ready.addresses.filter((address) => leaf.checkIP(address) !== undefined);
  expect(own).toContain('127.0.0.1');
  for (const name of ['localhost', ...own]) {
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

test("a thief of the CA's key can't be google.com, not even in a browser that trusts the CA", async () => {
  const { keyFile, certFile } = forgeCertificate(
    dataDir,
    { certFile: caFileOf(dataDir), keyFile: join(dataDir, 'tls', 'ca-key.pem') },
    'google.com',
  );
  const server = createServer({ key: readFileSync(keyFile), cert: readFileSync(certFile) }, (_request, response) =>
    response.end('not google'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { browser, close } = await launchTrustedChromium(
    [caFileOf(dataDir)],
    ['--host-resolver-rules=MAP google.com 127.0.0.1'],
  );
  const page = await browser.newPage();
  await expect(page.goto(`https://google.com:${port}/`)).rejects.toThrow(/ERR_CERT_INVALID/);
  await close();
  server.close();
});
