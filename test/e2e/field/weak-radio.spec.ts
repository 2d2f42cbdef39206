import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, HERE, holdSos, test } from '../../helpers/field';
import { runPerch } from '../../helpers/hub-process';
import { countOf, startPhone } from '../../helpers/phone-page';
import { startSlowRadio } from '../../helpers/slow-radio';

const MINUTES_10_S = 600;
/** Of a noise that makes a JPEG of 2 MB. */
const SIDE_PX = 1800;

/** A picture without a pattern: as a JPEG it stays big. 24-bit BMP. */
function noise(side: number): Buffer {
  const header = Buffer.alloc(54);
  header.write('BM');
  header.writeUInt32LE(54 + side * side * 3, 2);
  header.writeUInt32LE(54, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(side, 18);
  header.writeInt32LE(side, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(24, 28);
  return Buffer.concat([header, randomBytes(side * side * 3)]);
}

test('a photo of 2 MB on weak radio holds up neither an SOS nor live positions', async ({ field }) => {
  // The photo alone takes half a minute.
  test.setTimeout(120_000);
  const operator = await field.operator();
  const { profile } = await operator.request('profile.get', {});
  const media = { ...profile.media, photoSidePx: SIDE_PX };
  await operator.request('profile.set', { profile: { ...profile, media } });
  const radio = await startSlowRadio(Number(new URL(field.hub.ready.https ?? '').port));
  const phone = await field.openPhone(`https://127.0.0.1:${radio.port}/join${new URL(field.hub.ready.join).hash}`);
  radio.bytesPerSecond = 128 * 1024;
  await phone.locator('input[type=file]').setInputFiles({
    name: 'noise.bmp',
    mimeType: 'image/bmp',
    buffer: noise(SIDE_PX),
  });
  await phone.getByRole('button', { name: 'Send photo' }).tap();
  await expect(phone.getByTestId('photo-state')).toContainText('on its way');
  const isThere = async (latitude: number): Promise<boolean> =>
    (await field.frames()).some(({ data }) => (data.gps as { latitude?: number } | undefined)?.latitude === latitude);
  for (const latitude of [47.7, 47.8, 47.9]) {
    await phone.context().setGeolocation({ ...HERE, latitude });
    await expect.poll(() => isThere(latitude), { timeout: 3_500 }).toBe(true);
  }
  await holdSos(phone);
  await expect(phone.getByTestId('sos')).toHaveAttribute('data-state', 'stored', { timeout: 2_500 });
  // All that while the photo was on its way.
  const photos = async () => (await field.frames()).filter(({ data }) => data.photo).map(({ data }) => data.photo);
  expect(await photos()).toEqual([]);
  await expect.poll(photos, { timeout: 60_000 }).toHaveLength(1);
  expect(((await photos())[0] as { bytes: number }).bytes).toBeGreaterThan(2_000_000);
  await phone.close();
  await radio.stop();
});

/** From now on positions come when told, one a second of a clock that can be set. */
async function leadByHand(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const now = Date.now.bind(Date);
    let aheadMs = 0;
    let take: PositionCallback = () => undefined;
    Date.now = () => now() + aheadMs;
    navigator.geolocation.watchPosition = (taken) => {
      take = taken;
      return 1;
    };
    navigator.geolocation.clearWatch = () => undefined;
    navigator.geolocation.getCurrentPosition = () => undefined;
    const fix = (latitude: number): void => {
      const coords = { latitude, longitude: -122.33, accuracy: 5 };
      take({ timestamp: Date.now(), coords } as unknown as GeolocationPosition);
    };
    const walk = async (seconds: number): Promise<void> => {
      for (let second = 0; second < seconds; second += 1) {
        aheadMs += 1_000;
        fix(47.6 + second / 1e5);
        await new Promise((resolve) => setTimeout(resolve));
      }
    };
    Object.assign(window, { perchFix: fix, perchWalk: walk });
  });
}

test('600 s of queued frames are backfilled, each once, the live position first', async ({ field }) => {
  test.setTimeout(120_000);
  const phone = await field.openPage('about:blank');
  await leadByHand(phone);
  await phone.goto(field.secureUrl(new URL(field.hub.ready.join).hash));
  await startPhone(phone);
  await phone.evaluate(() => (window as unknown as { perchFix(latitude: number): void }).perchFix(47.5));
  await expect(phone.getByTestId('delivered')).not.toHaveText('0');
  await field.hub.stop('SIGKILL');
  await expect(phone.getByTestId('link')).not.toHaveAttribute('data-state', 'connected');
  // As the log says once nobody adds to it: asked earlier, one more may have come.
  const log = runPerch(['export', '--data', field.dataDir, '--session', 'latest', '--out', '-']);
  const before = log.stdout.trim().split('\n').length - 1;
  await phone.evaluate(
    (seconds) => (window as unknown as { perchWalk(seconds: number): Promise<void> }).perchWalk(seconds),
    MINUTES_10_S,
  );
  await expect.poll(() => countOf(phone, 'waiting'), { timeout: 30_000 }).toBeGreaterThanOrEqual(MINUTES_10_S);
  const newest = await countOf(phone, 'captured');
  await field.restart();
  await expect(phone.getByTestId('waiting')).toHaveText('0', { timeout: 60_000 });
  const frames = await field.frames();
  const captured = await countOf(phone, 'captured');
  const seqs = frames.map(({ seq }) => Number(seq));
  expect([...seqs].sort((a, b) => a - b)).toEqual(Array.from({ length: captured }, (_, n) => n + 1));
  expect(new Set(frames.map(({ boot }) => boot)).size).toBe(1);
  // The first batch after the hub came back holds the newest position there was; the oldest came later.
  const later = seqs.slice(before);
  expect(later).toContain(newest);
  expect(later.indexOf(newest)).toBeLessThan(later.indexOf(before + 1));
  expect(later.indexOf(newest)).toBeLessThan(50);
});
