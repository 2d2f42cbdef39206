import { type Browser, expect, type Locator, type Page, test } from '@playwright/test';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import {
  drawScreen,
  exposeConnections,
  launchPhoneBrowser,
  launchRoomBrowser,
  lookAt,
  phoneContext,
} from '../../helpers/share-browser';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

let dataDir: string;
let hub: HubProcess;
let phoneBrowser: Browser;
let roomBrowser: Browser;

test.beforeEach(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir, ['--session', 'North ridge']);
  [phoneBrowser, roomBrowser] = await Promise.all([launchPhoneBrowser(), launchRoomBrowser()]);
});

test.afterEach(async () => {
  await Promise.all([phoneBrowser.close(), roomBrowser.close()]);
  await hub.stop();
  removeFolder(dataDir);
});

/** A phone that is sending; with a colour its screen can be shared. */
async function openPhone(name: string, colour: string | null, browser = phoneBrowser): Promise<Page> {
  const page = await (await phoneContext(browser)).newPage();
  if (colour !== null) await drawScreen(page, colour);
  await exposeConnections(page);
  await page.goto(`${hub.ready.https}/join${new URL(hub.ready.join).hash}`);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Start' }).tap();
  await expect(page.getByTestId('link')).toHaveAttribute('data-state', 'connected');
  return page;
}

async function share(phone: Page, what: 'This screen' | 'Back camera' | 'Front camera'): Promise<void> {
  await phone.getByRole('button', { name: 'Share', exact: true }).tap();
  await phone.getByRole('button', { name: what }).tap();
  await expect(phone.getByTestId('share-live')).toBeVisible();
}

async function openRoom(): Promise<Page> {
  const context = await roomBrowser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(hub.ready.console);
  await page.getByText('Screens', { exact: false }).first().click();
  return page;
}

const tileOf = (room: Page, name: string): Locator => room.getByTestId('tile').filter({ hasText: name });

/** Waits until the pictures of a tile change, twice in a row, and gives what the last one looks like. */
async function expectMoving(
  picture: Locator,
  timeoutMs = 15_000,
): Promise<NonNullable<Awaited<ReturnType<typeof lookAt>>>> {
  const prints = new Set<number>();
  await expect
    .poll(async () => prints.add((await lookAt(picture))?.print ?? -1).size, {
      timeout: timeoutMs,
      message: 'the picture moves',
    })
    .toBeGreaterThan(3);
  const look = await lookAt(picture);
  if (!look) throw new Error('It has stopped.');
  return look;
}

test('three phones share, each is seen moving, also by a control room that is opened later', async () => {
  const ann = await openPhone('Ann', '#c02020');
  const ben = await openPhone('Ben', '#2020c0');
  const eve = await openPhone('Eve', null);
  const room = await openRoom();
  await expect(room.getByTestId('wall-empty')).toBeVisible();
  await share(ann, 'This screen');
  await share(ben, 'This screen');
  await share(eve, 'Back camera');
  const red = await expectMoving(tileOf(room, 'Ann').getByTestId('share-video'));
  expect(red.red).toBeGreaterThan(red.blue + 80);
  const blue = await expectMoving(tileOf(room, 'Ben').getByTestId('share-video'));
  expect(blue.blue).toBeGreaterThan(blue.red + 80);
  await expectMoving(tileOf(room, 'Eve').getByTestId('share-video'));
  await expect(room.getByTestId('tile')).toHaveCount(3);
  await expect(tileOf(room, 'Ann')).toHaveAttribute('data-path', 'direct');
  await expect(tileOf(room, 'Ann').getByTestId('tile-quality')).toContainText('fps');
  await expect(ann.getByTestId('share-live')).toHaveAttribute('data-watchers', '1');

  const later = await openRoom();
  const seen = await expectMoving(tileOf(later, 'Ann').getByTestId('share-video'));
  expect(seen.red).toBeGreaterThan(seen.blue + 80);
  await expectMoving(tileOf(later, 'Eve').getByTestId('share-video'));
  await expect(ann.getByTestId('share-live')).toHaveAttribute('data-watchers', '2');

  await ben.getByRole('button', { name: 'Stop sharing' }).tap();
  await expect(room.getByTestId('tile')).toHaveCount(2);
  await expect(later.getByTestId('tile')).toHaveCount(2);
  await share(ben, 'Front camera');
  await expectMoving(tileOf(room, 'Ben').getByTestId('share-video'));
  await ben.close();
  await expect(tileOf(room, 'Ben')).toHaveCount(0);
});
