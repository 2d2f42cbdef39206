import { type Browser, expect, type Page, test } from '@playwright/test';
import { type FakeScreenStream, startFakeScreenStream } from '../../helpers/fake-screen-stream';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { drawJpegs, sendMoving } from '../../helpers/moving-jpegs';
import { launchRoomBrowser, lookAt } from '../../helpers/share-browser';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

let dataDir: string;
let hub: HubProcess;
let roomBrowser: Browser;
let screen: FakeScreenStream;
let stopMoving: () => void;

test.beforeEach(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir, ['--session', 'North ridge']);
  roomBrowser = await launchRoomBrowser();
  screen = await startFakeScreenStream({ pin: '3141' });
  stopMoving = sendMoving(screen, await drawJpegs());
});

test.afterEach(async () => {
  stopMoving();
  await roomBrowser.close();
  await Promise.all([hub.stop(), screen.stop()]);
  removeFolder(dataDir);
});

async function openRoom(link: string): Promise<Page> {
  const context = await roomBrowser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(link);
  // An empty control room shows how phones pair.
  if (link === hub.ready.console) {
    await expect(page.getByTestId('qr')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('qr')).toBeHidden();
  }
  await page.getByText('Screens', { exact: false }).first().click();
  return page;
}

async function expectMoving(room: Page): Promise<void> {
  const prints = new Set<number>();
  const picture = room.getByTestId('share-snapshot');
  await expect(picture).toBeVisible();
  await expect.poll(async () => prints.add((await lookAt(picture))?.print ?? -1).size).toBeGreaterThan(3);
  const bluerBy = async (): Promise<number> => {
    const look = await lookAt(picture);
    return look ? look.blue - look.red : 0;
  };
  await expect.poll(bluerBy).toBeGreaterThan(40);
}

test('a screen at an address asks for its PIN, moves, stalls red, comes back, is recorded and removed', async () => {
  const room = await openRoom(hub.ready.console);
  await room.getByRole('button', { name: 'Add a screen by address…' }).click();
  await room.getByRole('textbox', { name: 'Address' }).fill(`127.0.0.1:${screen.port}`);
  await room.getByRole('button', { name: 'Add', exact: true }).click();
  const tile = room.getByTestId('tile');
  await expect(tile).toHaveAttribute('data-health', 'locked');
  await tile.getByPlaceholder('PIN').fill('0000');
  await tile.getByRole('button', { name: 'Open' }).click();
  await expect(tile.getByTestId('pin')).toHaveAttribute('data-state', 'pin_wrong');
  await tile.getByPlaceholder('PIN').fill('3141');
  await tile.getByRole('button', { name: 'Open' }).click();
  await expect(tile).toHaveAttribute('data-health', 'live');
  await expectMoving(room);
  await expect(tile.getByTestId('tile-quality')).toContainText('360×640');

  stopMoving();
  await expect(tile).toHaveAttribute('data-health', 'frozen', { timeout: 15_000 });
  await expect(tile.getByTestId('tile-health')).toContainText('frozen');
  stopMoving = sendMoving(screen, await drawJpegs());
  await expect(tile).toHaveAttribute('data-health', 'live');
  await expectMoving(room);

  await tile.hover();
  await tile.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(tile.getByTestId('recording-mark')).toContainText('0:03', { timeout: 15_000 });
  await tile.getByRole('button', { name: 'Stop recording' }).click();
  await room.getByRole('button', { name: 'Recordings of this session' }).click();
  const row = room.getByTestId('recording-row');
  await expect(row).toHaveAttribute('data-state', 'ready');
  await row.getByRole('button', { name: /^Play/ }).click();
  const player = room.getByTestId('player');
  await expect.poll(async () => (await lookAt(player))?.blue ?? 0).toBeGreaterThan(100);
  await room.keyboard.press('Escape');
  await room.keyboard.press('Escape');
  await expect(row).toBeHidden();
  await tile.hover();
  await tile.getByRole('button', { name: 'Remove this screen' }).click();
  await expect(room.getByTestId('wall-empty')).toBeVisible();
});

test('a viewer sees a pulled screen and adds none', async () => {
  const room = await openRoom(hub.ready.console);
  await room.getByRole('button', { name: 'Add a screen by address…' }).click();
  await room.getByRole('textbox', { name: 'Address' }).fill(`127.0.0.1:${screen.port}`);
  await room.getByRole('textbox', { name: 'PIN' }).fill('3141');
  await room.getByRole('button', { name: 'Add', exact: true }).click();
  await expectMoving(room);
  const tile = room.getByTestId('tile');
  await expect(tile).toHaveAttribute('data-health', 'live');

  const viewing = await openRoom(hub.ready.console.replace(hub.ready.adminKey, hub.ready.viewerKey));
  await expectMoving(viewing);
  await expect(viewing.getByRole('button', { name: 'Add a screen by address…' })).toHaveCount(0);
  await expect(viewing.getByRole('button', { name: 'Record', exact: true })).toHaveCount(0);
});
