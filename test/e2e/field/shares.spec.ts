import { type Browser, expect, type Page, test } from '@playwright/test';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { launchPhoneBrowser, launchRoomBrowser, lookAt } from '../../helpers/share-browser';
import { expectMoving, openSharePhone, openWall, share, tileOf } from '../../helpers/share-stage';
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

const openPhone = (name: string, colour: string | null, browser = phoneBrowser): Promise<Page> =>
  openSharePhone(browser, hub, name, { colour });

const openRoom = (): Promise<Page> => openWall(roomBrowser, hub);

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

/** How often this page's connections were up. */
const connected = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { perchConnections = [] } = window as { perchConnections?: RTCPeerConnection[] };
    return perchConnections.filter(({ connectionState }) => connectionState === 'connected').length;
  });

test('the shares return by themselves when a killed hub comes back', async () => {
  const ann = await openPhone('Ann', '#c02020');
  const room = await openRoom();
  await share(ann, 'This screen');
  const video = tileOf(room, 'Ann').getByTestId('share-video');
  await expectMoving(video);
  const { http, https } = hub.ready;
  await hub.stop('SIGKILL');
  await expect(ann.getByTestId('share-live')).toContainText('as soon as the hub is reached');
  // The pictures do not come through the hub: they go on for as long as it is away, whatever the phone tries meanwhile.
  const playedS = (): Promise<number> => video.evaluate(({ currentTime }: HTMLVideoElement) => currentTime);
  const startedS = await playedS();
  await expect.poll(playedS, { timeout: 20_000 }).toBeGreaterThan(startedS + 8);
  await expectMoving(video);
  expect(await connected(ann)).toBe(1);
  hub = await startHubProcess(dataDir, ['--port', new URL(http).port, '--tls-port', new URL(https ?? '').port]);
  await expect(ann.getByTestId('share-live')).toContainText('the operator can see it', { timeout: 40_000 });
  await expect.poll(() => connected(ann)).toBe(1);
  await expectMoving(video);
  await expect(room.getByTestId('tile')).toHaveCount(1);
  await expect(tileOf(room, 'Ann')).toHaveAttribute('data-path', 'direct');
});

test('a share that stands still turns red, comes as pictures, and as video again', async () => {
  const ann = await openPhone('Ann', '#c02020');
  const room = await openRoom();
  await share(ann, 'This screen');
  const tile = tileOf(room, 'Ann');
  await expectMoving(tile.getByTestId('share-video'));
  // Nothing is sent any more, and the page answers nothing: as a phone that is choked.
  void ann.evaluate(async () => {
    const { perchConnections = [] } = window as { perchConnections?: RTCPeerConnection[] };
    const senders = perchConnections.flatMap((connection) => connection.getSenders());
    const stopped = senders.map((sender) => ({ sender, track: sender.track }));
    await Promise.all(senders.map((sender) => sender.replaceTrack(null)));
    const end = Date.now() + 12_000;
    while (Date.now() < end);
    const resume = (): unknown => Promise.all(stopped.map(({ sender, track }) => sender.replaceTrack(track)));
    Object.assign(window, { perchResume: resume });
  });
  await expect(tile).toHaveAttribute('data-health', 'frozen');
  await expect(tile.getByTestId('tile-health')).toContainText('frozen');
  const isLive = tile
    .getByTestId('share-video')
    .evaluate(({ srcObject }: HTMLVideoElement) => (srcObject as MediaStream).getVideoTracks()[0]?.readyState);
  expect(await isLive).toBe('live');

  await expect(tile).toHaveAttribute('data-path', 'snapshots', { timeout: 20_000 });
  const red = await expectMoving(tile.getByTestId('share-snapshot'));
  expect(red.red).toBeGreaterThan(red.blue + 80);
  await ann.evaluate(() => (window as { perchResume?: () => unknown }).perchResume?.());
  await expect(tile).toHaveAttribute('data-path', 'direct');
  await expectMoving(tile.getByTestId('share-video'));
});

test('where no video gets through, pictures do within 8 s', async () => {
  // Chromium has renamed the switch; older ones know the first.
  const policy = 'webrtc-ip-handling-policy=disable_non_proxied_udp';
  const walled = await launchPhoneBrowser([`--force-${policy}`, `--${policy}`]);
  try {
    const eve = await openPhone('Eve', '#20a020', walled);
    const room = await openRoom();
    await share(eve, 'This screen');
    const startedAtMs = Date.now();
    const tile = tileOf(room, 'Eve');
    await expect(tile).toHaveAttribute('data-path', 'snapshots');
    expect(Date.now() - startedAtMs).toBeLessThan(8_000);
    const green = await expectMoving(tile.getByTestId('share-snapshot'));
    expect(green.green).toBeGreaterThan(green.red + 60);
    await expect(tile).toHaveAttribute('data-path', 'snapshots');
    await expect(tile.getByTestId('tile-quality')).toContainText('pictures through the hub');
    await expect(eve.getByTestId('share-live')).toHaveAttribute('data-watchers', '1');
  } finally {
    await walled.close();
  }
});

test('the operator asks, the carrier agrees and chooses; the operator shows it large, by key too', async () => {
  const ann = await openPhone('Ann', '#c02020');
  const ben = await openPhone('Ben', '#2020c0');
  const room = await openRoom();
  await room.getByTestId('roster-row').filter({ hasText: 'Ann' }).click();
  await room.getByRole('button', { name: 'Actions' }).click();
  await room.getByRole('menuitem', { name: 'Ask to share screen or camera' }).click();
  await expect(ann.getByTestId('notice')).toContainText('asks to see your screen or camera');
  await ann.getByRole('button', { name: 'Agree' }).tap();
  await ann.getByRole('button', { name: 'This screen' }).tap();
  await expect(room.getByTestId('words')).toContainText('“Yes, I share”');
  await expectMoving(tileOf(room, 'Ann').getByTestId('share-video'));
  await expect(room.getByTestId('share-line')).toContainText('live');
  await expect(room.getByTestId('sharing')).toHaveCount(1);

  await share(ben, 'This screen');
  await expectMoving(tileOf(room, 'Ben').getByTestId('share-video'));
  await room.keyboard.press('1');
  await expect(tileOf(room, 'Ann')).toHaveAttribute('data-focused', 'true');
  // The focused one is asked for whole, the other as a tile.
  const height = (name: string): Promise<number> =>
    tileOf(room, name)
      .getByTestId('share-video')
      .evaluate((video: HTMLVideoElement) => video.videoHeight);
  await expect.poll(() => height('Ann'), { timeout: 20_000 }).toBeGreaterThan(900);
  expect(await height('Ben')).toBeLessThan(400);
  const [projector] = await Promise.all([
    room.waitForEvent('popup'),
    room.getByRole('button', { name: 'Window for a projector' }).click(),
  ]);
  const red = await expectMoving(projector.locator('video'));
  expect(red.red).toBeGreaterThan(red.blue + 80);
  await room.keyboard.press('2');
  await expect.poll(async () => (await lookAt(projector.locator('video')))?.blue ?? 0).toBeGreaterThan(100);
  // What is turned and filled on the wall is so there.
  await room.keyboard.press('r');
  await tileOf(room, 'Ben').getByRole('button', { name: 'Fill the tile' }).click();
  await expect(projector.getByTestId('projector')).toHaveAttribute('data-turn', '90');
  await expect(projector.getByTestId('projector')).toHaveAttribute('data-filled', 'true');
  await projector.close();
  await room.keyboard.press('2');
  await expect(tileOf(room, 'Ben')).toHaveAttribute('data-focused', 'false');
});

test('from a tile to its marker and back; on the whole screen; frames go on beside the share', async () => {
  const ann = await openPhone('Ann', '#c02020');
  const room = await openRoom();
  await share(ann, 'This screen');
  const tile = tileOf(room, 'Ann');
  await expectMoving(tile.getByTestId('share-video'));
  await room.getByRole('button', { name: 'Full screen' }).click();
  await expect.poll(() => room.evaluate(() => document.fullscreenElement?.id)).toBe('wall');
  await room.evaluate(() => document.exitFullscreen());
  await tile.getByRole('button', { name: 'Show on map' }).click();
  await expect(room.getByRole('region', { name: 'Map' })).toBeVisible();
  await expect(tile).toBeVisible();
  await room.getByText('Map', { exact: true }).click();
  await expect(tile).toHaveCount(0);
  // The wall is out of sight: the phone is asked for nothing, and sends no picture.
  const isSending = (): Promise<unknown> =>
    ann.evaluate(() => {
      const { perchConnections = [] } = window as { perchConnections?: RTCPeerConnection[] };
      return perchConnections.at(-1)?.getSenders()[0]?.getParameters().encodings[0]?.active;
    });
  await expect.poll(isSending).toBe(false);
  const frames = async (): Promise<number> => {
    const answer = await fetch(`${hub.ready.http}/health`);
    return ((await answer.json()) as { framesStored: number }).framesStored;
  };
  const before = await frames();
  await room.locator('[data-testid="marker-share"]').click();
  await expect(tile).toHaveAttribute('data-health', 'live');
  await expectMoving(tile.getByTestId('share-video'));
  // She walks on.
  await ann.context().setGeolocation({ latitude: 47.601, longitude: -122.331, accuracy: 5 });
  await expect.poll(frames).toBeGreaterThan(before);
});
