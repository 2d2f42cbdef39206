import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { expectMovingPixels } from '../../helpers/moving-pixels';
import { launchRoomBrowser } from '../../helpers/share-browser';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

const FIXTURES = join(import.meta.dirname, '../../fixtures/webrtc');

let dataDir: string;
let hub: HubProcess;
let browser: Browser;
const complaints: string[] = [];

test.beforeEach(async () => {
  dataDir = temporaryFolder();
  complaints.length = 0;
  hub = await startHubProcess(dataDir);
  browser = await launchRoomBrowser();
});

test.afterEach(async () => {
  await browser.close();
  await hub.stop();
  removeFolder(dataDir);
  // A second answer would be one: a page that has one cannot take another.
  expect(complaints, 'errors of the pages').toEqual([]);
});

async function open(url: string): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  return page;
}

async function openRoom(): Promise<Page> {
  const room = await open(hub.ready.console);
  // An empty control room shows the QR code first.
  await room.getByTestId('qr').waitFor();
  await room.keyboard.press('Escape');
  await expect(room.getByTestId('qr')).toBeHidden();
  await room.getByText('Screens').click();
  await expect(room.getByTestId('wall-empty')).toBeVisible();
  return room;
}

function openFixture(name: string, query: Readonly<Record<string, string>>): Promise<Page> {
  const url = pathToFileURL(join(FIXTURES, name));
  url.search = new URLSearchParams(query).toString();
  return open(url.href);
}

/** How much of its video a page has played, s: it goes on only while pictures come. */
const playedS = (page: Page): Promise<number> =>
  page.locator('video').evaluate(({ currentTime }: HTMLVideoElement) => currentTime);

const signalingUrl = (): string => `${hub.ready.http.replace('http', 'ws')}/signaling?key=${hub.ready.joinKey}`;

test('two pages of others have each other, and the control room stays out', async () => {
  const room = await openRoom();
  const receiver = await openFixture('plain-receiver.html', { url: signalingUrl() });
  await expect(receiver.locator('#state')).toHaveText('waiting');
  const initiator = await openFixture('plain-initiator.html', { url: signalingUrl() });
  await expectMovingPixels(receiver);
  // Longer than the second the control room waits for.
  await expect.poll(() => playedS(receiver)).toBeGreaterThan(3);
  await expect(initiator.locator('#state')).toHaveText('connected');
  await expect(room.getByTestId('wall-empty')).toBeVisible();
});

test('a page of others that finds nobody is shown, and goes with its page', async () => {
  const room = await openRoom();
  const initiator = await openFixture('plain-initiator.html', { url: signalingUrl() });
  const tile = room.getByTestId('tile');
  await expect(tile).toHaveAttribute('data-source', 'webrtc');
  await expectMovingPixels(room, '[data-testid=share-video]');
  await expect(tile).toHaveAttribute('data-health', 'live');
  await expect(initiator.locator('#state')).toHaveText('connected');
  await initiator.close();
  await expect(tile).toHaveCount(0);
});

test('a page of others is shown by a control room that is opened later', async () => {
  await openFixture('plain-initiator.html', { url: signalingUrl() });
  const room = await open(hub.ready.console);
  await room.getByTestId('qr').waitFor();
  await room.keyboard.press('Escape');
  await room.getByText('Screens').click();
  await expectMovingPixels(room, '[data-testid=share-video]');
});

test('two pages of others that have each other already are left alone by a control room that is opened later', async () => {
  const receiver = await openFixture('plain-receiver.html', { url: signalingUrl() });
  await expect(receiver.locator('#state')).toHaveText('waiting');
  const initiator = await openFixture('plain-initiator.html', { url: signalingUrl() });
  await expectMovingPixels(receiver);
  const room = await openRoom();
  const startedS = await playedS(receiver);
  // Longer than the second after which the room takes what nobody has answered.
  await expect.poll(() => playedS(receiver)).toBeGreaterThan(startedS + 3);
  await expect(initiator.locator('#state')).toHaveText('connected');
  await expect(room.getByTestId('wall-empty')).toBeVisible();
  // It is there for the next one all the same.
  await receiver.close();
  await openFixture('plain-initiator.html', { url: signalingUrl() });
  await expectMovingPixels(room, '[data-testid=share-video]');
  await expect(room.getByTestId('tile')).toHaveCount(1);
});

test('with two control rooms open, one of them takes what a page of others offers', async () => {
  const rooms = [await openRoom(), await openRoom()] as const;
  const initiator = await openFixture('plain-initiator.html', { url: signalingUrl() });
  await expect(initiator.locator('#state')).toHaveText('connected');
  const shown = async (): Promise<number> =>
    (await Promise.all(rooms.map((room) => room.getByTestId('tile').count()))).reduce((sum, count) => sum + count, 0);
  await expect.poll(shown).toBe(1);
  // A third, opened later, leaves it alone too.
  const later = await openRoom();
  const [one] = rooms;
  const holder = (await one.getByTestId('tile').count()) > 0 ? one : rooms[1];
  const startedS = await playedS(holder);
  await expect.poll(() => playedS(holder)).toBeGreaterThan(startedS + 3);
  await expect(later.getByTestId('wall-empty')).toBeVisible();
  expect(await shown()).toBe(1);
});

test('a WHIP sender is answered with everything at once, and shown until it ends', async () => {
  const room = await openRoom();
  const client = await openFixture('whip-client.html', { url: `${hub.ready.http}/whip`, key: hub.ready.adminKey });
  await expect(client.locator('#state')).toHaveText('connected');
  const tile = room.getByTestId('tile');
  await expect(tile).toHaveAttribute('data-source', 'whip');
  await expectMovingPixels(room, '[data-testid=share-video]');
  await client.locator('#stop').click();
  await expect(client.locator('#state')).toHaveText('ended 200');
  await expect(tile).toHaveCount(0);
});
