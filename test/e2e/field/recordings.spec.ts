import { type Browser, expect, type Locator, type Page, test } from '@playwright/test';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { drawScreen, launchPhoneBrowser, launchRoomBrowser, lookAt, phoneContext } from '../../helpers/share-browser';
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

/** A phone whose red screen is shared, with a white bar that moves. */
async function sharePhone(name: string): Promise<Page> {
  const page = await (await phoneContext(phoneBrowser)).newPage();
  await drawScreen(page, '#c02020');
  await page.goto(`${hub.ready.https}/join${new URL(hub.ready.join).hash}`);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Next' }).tap();
  await page.getByRole('button', { name: 'Start' }).tap();
  await expect(page.getByTestId('link')).toHaveAttribute('data-state', 'connected');
  await page.getByRole('button', { name: 'Share', exact: true }).tap();
  await page.getByRole('button', { name: 'This screen' }).tap();
  return page;
}

async function openRoom(): Promise<Page> {
  const context = await roomBrowser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(hub.ready.console);
  await page.getByText('Screens', { exact: false }).first().click();
  return page;
}

/** Presses a tool of a tile, which shows while it is pointed at. */
async function press(room: Page, name: string): Promise<void> {
  const tile = room.getByTestId('tile').first();
  await tile.hover();
  await tile.getByRole('button', { name, exact: true }).click();
}

async function openRecordings(room: Page): Promise<Locator> {
  await room.getByRole('button', { name: 'Sessions' }).click();
  await room.getByRole('button', { name: 'Recordings of North ridge' }).click();
  return room.getByTestId('recording-row');
}

/** Plays the recording of a row, checks what it shows, and seeks. @returns how long the player says it is, s */
async function play(room: Page, row: Locator): Promise<number> {
  await row.getByRole('button', { name: /^Play/ }).click();
  const player = room.getByTestId('player');
  await expect.poll(() => player.evaluate(({ currentTime }: HTMLVideoElement) => currentTime)).toBeGreaterThan(0.3);
  await player.evaluate((video: HTMLVideoElement) => video.pause());
  const look = await lookAt(player);
  expect(look?.red ?? 0).toBeGreaterThan((look?.blue ?? 255) + 60);
  const durationS = await player.evaluate(({ duration }: HTMLVideoElement) => duration);
  const seen = new Set<number>();
  for (const part of [0.1, 0.5, 0.8]) {
    const at = await player.evaluate(async (video: HTMLVideoElement, to) => {
      const sought = new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
      video.currentTime = to;
      await sought;
      return video.currentTime;
    }, durationS * part);
    expect(at).toBeCloseTo(durationS * part, 1);
    seen.add((await lookAt(player))?.print ?? -1);
  }
  expect(seen.size, 'different pictures at different times').toBeGreaterThan(1);
  return durationS;
}

/** From now on the page notes when the red dot comes and goes: a test is too slow a witness. */
async function timeMark(room: Page): Promise<void> {
  await room.evaluate(() => {
    const times: number[] = [];
    const look = (): void => {
      const isOn = document.querySelector('[data-testid="recording-mark"][data-state="recording"]') !== null;
      if (isOn === (times.length % 2 === 0)) times.push(performance.now());
    };
    const options = { subtree: true, childList: true, attributes: true } as const;
    new MutationObserver(look).observe(document.body, options);
    Object.assign(window, { perchMarked: times });
  });
}

const markedSeconds = (room: Page): Promise<number> =>
  room.evaluate(() => {
    const [from = 0, to = 0] = (window as { perchMarked?: readonly number[] }).perchMarked ?? [];
    return (to - from) / 1_000;
  });

test('a share is recorded, listed in its session, plays, lasts what it should and can be sought in', async () => {
  await sharePhone('Ann');
  const room = await openRoom();
  await expect(room.getByTestId('tile')).toHaveAttribute('data-path', 'direct');
  await timeMark(room);
  await press(room, 'Record');
  const mark = room.getByTestId('recording-mark');
  await expect(mark).toContainText('0:06', { timeout: 15_000 });
  await expect(room.getByTestId('recording-sum')).toContainText('1 recorded');
  await press(room, 'Stop recording');
  await expect(mark).toHaveCount(0);
  const seconds = await markedSeconds(room);
  const row = await openRecordings(room);
  await expect(row).toHaveAttribute('data-state', 'ready');
  await expect(row).toContainText('Ann');
  const difference = Math.abs((await play(room, row)) - seconds);
  // Chunks are of 1 s; decoding and encoding on a busy machine of two cores take some of the rest.
  expect(difference).toBeLessThan(1.5);
});

test('the hub is killed while it records: what came is there afterwards and plays, and a new recording has begun', async () => {
  await sharePhone('Ann');
  const room = await openRoom();
  await press(room, 'Record');
  const mark = room.getByTestId('recording-mark');
  await expect(mark).toContainText('0:04', { timeout: 15_000 });
  const { http, https } = hub.ready;
  await hub.stop('SIGKILL');
  await expect(mark).toHaveAttribute('data-state', 'waiting');
  hub = await startHubProcess(dataDir, ['--port', new URL(http).port, '--tls-port', new URL(https ?? '').port]);
  await expect(mark).toHaveAttribute('data-state', 'recording', { timeout: 40_000 });
  const later = await openRoom();
  await later.getByRole('button', { name: 'Sessions' }).click();
  await later.getByRole('button', { name: 'Recordings of North ridge' }).click();
  // Pictures outlast the hub: what came over the old way until the new one was there may be a recording, too.
  const row = later
    .locator('[data-testid="recording-row"][data-state="ready"]')
    .filter({ hasText: 'ended: link lost' });
  await expect(row).toBeVisible();
  expect(await play(later, row)).toBeGreaterThan(2);
});

test('of two control rooms one records a share; the other is told', async () => {
  await sharePhone('Ann');
  const room = await openRoom();
  await press(room, 'Record');
  await expect(room.getByTestId('recording-mark')).toHaveAttribute('data-state', 'recording');
  const other = await openRoom();
  await expect(other.getByTestId('recording-mark')).toHaveText('recorded elsewhere');
  await expect(other.getByRole('button', { name: 'Record all' })).toHaveCount(0);
  await press(other, 'Record');
  await expect(other.getByRole('alert').filter({ hasText: 'Ann is not recorded' })).toContainText(
    'in another control room',
  );
  await expect(other.getByTestId('recording-mark')).toHaveText('recorded elsewhere');
  await expect(room.getByTestId('recording-mark')).toHaveAttribute('data-state', 'recording');
});

test('a snapshot becomes the photo of its person, at the key S', async () => {
  await sharePhone('Ann');
  const room = await openRoom();
  await expect(room.getByTestId('tile')).toHaveAttribute('data-path', 'direct');
  await room.keyboard.press('s');
  await expect(room.getByTestId('snapshot-thumbnail')).toBeVisible();
  await room.getByTestId('roster-row').filter({ hasText: 'Ann' }).click();
  const photo = room.getByTestId('last-photo');
  await expect(photo).toBeVisible();
  await expect.poll(async () => (await lookAt(photo))?.red ?? 0).toBeGreaterThan(120);
});
