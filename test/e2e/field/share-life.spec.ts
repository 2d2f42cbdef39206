import { networkInterfaces } from 'node:os';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { launchPhoneBrowser, launchRoomBrowser } from '../../helpers/share-browser';
import { expectMoving, openSharePhone, openWall, share, tileOf } from '../../helpers/share-stage';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

let dataDir: string;
let hub: HubProcess;
let phoneBrowser: Browser;
let roomBrowser: Browser;

test.beforeEach(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir);
  [phoneBrowser, roomBrowser] = await Promise.all([launchPhoneBrowser(), launchRoomBrowser()]);
});

test.afterEach(async () => {
  await Promise.all([phoneBrowser.close(), roomBrowser.close()]);
  await hub.stop();
  removeFolder(dataDir);
});

/** This machine's address on its network, as a phone would type it. */
function lanAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((infos) => infos ?? []);
  const lan = all.find(({ family, internal }) => family === 'IPv4' && !internal);
  if (!lan) throw new Error('This test needs a network: the hub is reached as a phone does.');
  return lan.address;
}

const ANDROID =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';

/** The descriptions of the newest connection of a page. */
const descriptions = (page: Page): Promise<{ readonly local: string; readonly remote: string }> =>
  page.evaluate(() => {
    const { perchConnections = [] } = window as { perchConnections?: RTCPeerConnection[] };
    const newest = perchConnections.at(-1);
    return { local: newest?.localDescription?.sdp ?? '', remote: newest?.remoteDescription?.sdp ?? '' };
  });

test('a browser that hides its address is reached at the one its socket comes from', async () => {
  const address = lanAddress();
  const origin = `https://${address}:${new URL(hub.ready.https ?? '').port}`;
  const ann = await openSharePhone(phoneBrowser, hub, 'Ann', { colour: '#c02020', origin });
  const room = await openWall(roomBrowser, hub);
  await share(ann, 'This screen');
  await expectMoving(tileOf(room, 'Ann').getByTestId('share-video'));
  const { local } = await descriptions(ann);
  expect(local).toMatch(/^a=candidate:\S+ 1 udp \d+ \S+\.local \d+ typ host/m);
  const { remote } = await descriptions(room);
  const hosts = [...remote.matchAll(/^a=candidate:\S+ 1 udp \d+ (\S+) /gm)].map(([, host]) => host);
  expect(hosts).toContain(address);
  expect(hosts.filter((host) => host?.endsWith('.local'))).toEqual([]);
});

test('the steps for ScreenStream have the address of this phone in them', async () => {
  const address = lanAddress();
  const origin = `https://${address}:${new URL(hub.ready.https ?? '').port}`;
  const ann = await openSharePhone(phoneBrowser, hub, 'Ann', { colour: null, origin, context: { userAgent: ANDROID } });
  await ann.getByRole('button', { name: 'Share', exact: true }).tap();
  await ann.getByTestId('screen-stream').locator('summary').tap();
  await expect(ann.getByTestId('screen-stream')).toContainText(`http://${address}:8080`);
  await expect(ann.getByTestId('screen-stream').getByRole('listitem')).toHaveCount(3);
});

test('a phone that sleeps stands still on the wall, and comes back when it wakes', async () => {
  const ann = await openSharePhone(phoneBrowser, hub, 'Ann', { colour: '#c02020' });
  const room = await openWall(roomBrowser, hub);
  await share(ann, 'This screen');
  const tile = tileOf(room, 'Ann');
  await expectMoving(tile.getByTestId('share-video'));
  const devtools = await ann.context().newCDPSession(ann);
  // A page that is not run, as on a phone that sleeps: nothing is drawn, said or answered.
  await devtools.send('Debugger.enable');
  await devtools.send('Debugger.pause');
  await expect(tile).toHaveAttribute('data-health', 'frozen', { timeout: 15_000 });
  await devtools.send('Debugger.resume');
  await devtools.send('Debugger.disable');
  // What the browser tells the page when the phone is taken up again.
  await ann.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(tile).toHaveAttribute('data-health', 'live', { timeout: 20_000 });
  await expect(tile).toHaveAttribute('data-path', 'direct', { timeout: 20_000 });
  await expectMoving(tile.getByTestId('share-video'));
  await expect(room.getByTestId('tile')).toHaveCount(1);
});

test('one tap on the phone ends it on the wall within 2 s', async () => {
  const ann = await openSharePhone(phoneBrowser, hub, 'Ann', { colour: '#c02020' });
  const room = await openWall(roomBrowser, hub);
  await share(ann, 'This screen');
  await expectMoving(tileOf(room, 'Ann').getByTestId('share-video'));
  await ann.getByRole('button', { name: 'Stop sharing' }).tap();
  await expect(tileOf(room, 'Ann')).toHaveCount(0, { timeout: 2_000 });
  await expect(ann.getByTestId('share-live')).toBeHidden();
});

test('the carrier declines: the operator is told, and nothing is captured', async () => {
  const ann = await openSharePhone(phoneBrowser, hub, 'Ann', { colour: '#c02020' });
  const room = await openWall(roomBrowser, hub);
  await room.getByTestId('roster-row').filter({ hasText: 'Ann' }).click();
  await room.getByRole('button', { name: 'Actions' }).click();
  await room.getByRole('menuitem', { name: 'Ask to share screen or camera' }).click();
  await ann.getByRole('button', { name: 'No', exact: true }).tap();
  await expect(room.getByTestId('words')).toContainText('“No”');
  await expect(ann.getByTestId('share-live')).toBeHidden();
  await expect(room.getByTestId('tile')).toHaveCount(0);
});

/** The loudest sample of what a tile's video plays, over half a second; 0 while it is silent or muted. */
const loudness = (room: Page, name: string): Promise<number> =>
  tileOf(room, name)
    .getByTestId('share-video')
    .evaluate(async (video: HTMLVideoElement) => {
      if (video.muted || !(video.srcObject instanceof MediaStream)) return 0;
      const context = new AudioContext();
      const analyser = context.createAnalyser();
      context.createMediaStreamSource(video.srcObject).connect(analyser);
      const samples = new Float32Array(analyser.fftSize);
      let loudest = 0;
      const end = performance.now() + 1_500;
      while (performance.now() < end) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        analyser.getFloatTimeDomainData(samples);
        for (const sample of samples) loudest = Math.max(loudest, Math.abs(sample));
      }
      await context.close();
      return loudest;
    });

test('sound comes from the large one alone, once it is wanted; a picture is turned and taken out', async () => {
  const ann = await openSharePhone(phoneBrowser, hub, 'Ann', { colour: null });
  const ben = await openSharePhone(phoneBrowser, hub, 'Ben', { colour: null });
  const room = await openWall(roomBrowser, hub);
  for (const phone of [ann, ben]) {
    await phone.getByRole('button', { name: 'Share', exact: true }).tap();
    await phone.getByLabel('With sound from the microphone').check();
    await phone.getByRole('button', { name: 'Back camera' }).tap();
  }
  for (const name of ['Ann', 'Ben']) await expectMoving(tileOf(room, name).getByTestId('share-video'));
  await tileOf(room, 'Ann').getByRole('button', { name: 'Show Ann large' }).click();
  expect(await loudness(room, 'Ann')).toBe(0);
  await tileOf(room, 'Ann').getByRole('button', { name: 'Sound on' }).click();
  await expect.poll(() => loudness(room, 'Ann')).toBeGreaterThan(0.01);
  expect(await loudness(room, 'Ben')).toBe(0);
  await tileOf(room, 'Ben').getByRole('button', { name: 'Show Ben large' }).click();
  await expect.poll(() => loudness(room, 'Ben')).toBeGreaterThan(0.01);
  expect(await loudness(room, 'Ann')).toBe(0);

  const tile = tileOf(room, 'Ben');
  const picture = tile.locator('[data-turn]');
  for (const turn of ['90', '180', '270', '0']) {
    await tile.getByRole('button', { name: 'Rotate' }).click();
    await expect(picture).toHaveAttribute('data-turn', turn);
  }
  await tile.getByRole('button', { name: 'Picture in picture' }).click();
  const isOut = (): Promise<boolean> => room.evaluate(() => document.pictureInPictureElement !== null);
  await expect.poll(isOut).toBe(true);
  await expect(room.getByText('No picture in picture')).toHaveCount(0);
  await expectMoving(tile.getByTestId('share-video'));
  // It is there for when the wall is not.
  await room.getByText('Map', { exact: true }).click();
  await expect(tile).toHaveCount(0);
  const playedS = (): Promise<number> =>
    room.evaluate(() => (document.pictureInPictureElement as HTMLVideoElement | null)?.currentTime ?? 0);
  const startedS = await playedS();
  await expect.poll(playedS).toBeGreaterThan(startedS + 2);
  expect(await isOut()).toBe(true);
});
