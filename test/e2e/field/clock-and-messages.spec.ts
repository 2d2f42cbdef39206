import { join } from 'node:path';
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { findChromium, isChromiumSandboxed } from '../../helpers/find-chromium';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

const PHOTO = join(import.meta.dirname, '../../fixtures/photo.jpg');
const START = { latitude: 47.6, longitude: -122.33, accuracy: 5 };
/** How far the clock of the phone is ahead of the hub's. */
const AHEAD_MS = 120_000;

let dataDir: string;
let hub: HubProcess;
let browser: Browser;

test.beforeEach(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir, ['--session', 'North ridge']);
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
});

/** A phone that is sending, its clock wrong by `aheadMs`. */
async function openPhone(aheadMs = 0): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    ignoreHTTPSErrors: true,
    geolocation: START,
    permissions: ['geolocation'],
  });
  const page = await context.newPage();
  await page.addInitScript((ms) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + ms;
  }, aheadMs);
  await page.goto(`${hub.ready.https}/join${new URL(hub.ready.join).hash}`);
  await page.getByLabel('Your name').fill('Ann');
  await page.getByRole('button', { name: 'Next' }).tap();
  await page.getByRole('button', { name: 'Start' }).tap();
  await expect(page.getByTestId('delivered')).not.toHaveText('0');
  return page;
}

/** The control room, with the details of the one person open. */
async function openRoom(): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(hub.ready.console);
  await page.getByTestId('roster-row').click();
  return page;
}

async function act(room: Page, item: string): Promise<void> {
  await room.getByRole('button', { name: 'Actions' }).click();
  await room.getByRole('menuitem', { name: item }).click();
}

test('the hub knows a clock that is wrong, and how well it knows it', async () => {
  await openPhone(AHEAD_MS);
  const room = await openRoom();
  await expect(room.getByTestId('clock')).toHaveText(/^2 min ahead, ± \d+ ms$/);
  await expect(room.getByTestId('custody-sentence')).toHaveText(/that the phone captured (is|are) stored\.$/);
});

test('the operator asks and writes, the person answers', async () => {
  const phone = await openPhone();
  const room = await openRoom();
  const notice = phone.getByTestId('notice');

  await act(room, 'Ask for check-in');
  await phone.getByRole('button', { name: 'I am OK' }).tap();
  await expect(notice).toHaveCount(0);
  await expect(room.getByTestId('words')).toContainText('“I am OK”');

  await act(room, 'Send message');
  await room.getByRole('dialog').getByLabel('Message').fill('Look under the bridge');
  await room.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
  await expect(notice).toContainText('Look under the bridge');
  await phone.getByRole('button', { name: 'OK', exact: true }).tap();
  await expect(notice).toHaveCount(0);
  await expect(room.getByTestId('words')).toContainText('Read your message');

  await act(room, 'Ask for photo');
  await expect(notice).toContainText('Press Photo below');
  await phone.locator('input[type=file]').setInputFiles(PHOTO);
  await phone.getByRole('button', { name: 'Send photo' }).tap();
  await expect(notice).toHaveCount(0);
  await expect(room.getByTestId('last-photo')).toBeVisible();
});

test('the operator asks for a position, and a fresh one comes at once', async () => {
  const phone = await openPhone();
  // The browser's stand-in for a GPS answers no question while the phone stands still; this one does, as phones do.
  await phone.evaluate((coords) => {
    navigator.geolocation.getCurrentPosition = (take) =>
      take({ timestamp: Date.now(), coords: { ...coords, latitude: 47.7 } } as unknown as GeolocationPosition);
  }, START);
  const room = await openRoom();
  await phone.context().setGeolocation({ ...START, latitude: 47.65 });
  const marker = room.getByTestId('marker');
  await expect(marker).toHaveAttribute('data-lat', '47.65');
  await act(room, 'Ask for position');
  // By itself the page asks only after 5 s without a fix.
  await expect(marker).toHaveAttribute('data-lat', '47.7', { timeout: 4_000 });
});

test('a message to everybody reaches a phone that comes back, once', async () => {
  const phone = await openPhone();
  const room = await openRoom();
  await room.getByRole('button', { name: 'Message to everybody' }).click();
  await room.getByRole('dialog').getByLabel('Message').fill('Back to the cars');
  await room.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
  await expect(phone.getByTestId('notice')).toContainText('Back to the cars');
  await phone.reload();
  await phone.getByRole('button', { name: 'Start' }).tap();
  await expect(phone.getByTestId('notice')).toHaveCount(1);
  await phone.getByRole('button', { name: 'OK', exact: true }).tap();
  await expect(room.getByTestId('words')).toContainText('Read your message');
});

test('a phone that was removed says why and stays away', async () => {
  const phone = await openPhone();
  const room = await openRoom();
  await act(room, 'Remove from session');
  await room.getByRole('dialog').getByLabel('Reason').fill('Please join the south group');
  await room.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  const link = phone.getByTestId('link');
  await expect(link).toContainText('Removed by the operator');
  await expect(link).toContainText('“Please join the south group”');
  await phone.getByRole('button', { name: 'Use this phone here again' }).tap();
  await expect(link).toHaveAttribute('data-state', 'closed');
});
