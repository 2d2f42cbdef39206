// `npm run screenshots`: the control room in both themes and the phone page, from a real hub with walking phones, into docs/screenshots.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { connect, photo, root, send, startHub, stopHub, TEAM, walkOf } from './demo.mjs';
import { ensureChromium } from './ensure-chromium.mjs';

const target = join(root, 'docs/screenshots');

const shoot = async (page, name) => {
  await page.screenshot({ path: join(target, `${name}.png`) });
  console.log(`docs/screenshots/${name}.png`);
};

const shootRooms = async (browser, ready, meanwhile) => {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    ignoreHTTPSErrors: true,
  });
  const page = await context.newPage();
  await page.goto(ready.console);
  await page.getByTestId('qr').waitFor();
  await shoot(page, 'pairing');
  await page.keyboard.press('Escape');
  await meanwhile();
  await page.getByTestId('roster-row').first().waitFor();
  await page.getByTestId('roster-row').filter({ hasText: 'Ben' }).click();
  await page.getByTestId('last-photo').waitFor();
  await page.getByRole('button', { name: 'Show everybody' }).click();
  await page.mouse.move(720, 850);
  await page.getByRole('tooltip').waitFor({ state: 'detached' });
  await shoot(page, 'control-room-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shoot(page, 'control-room-dark');
  await context.close();
};

const SCREEN = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

const shootPhone = async (browser, ready) => {
  const context = await browser.newContext({
    ...SCREEN,
    ignoreHTTPSErrors: true,
    geolocation: { latitude: 47.6109, longitude: -121.9365, accuracy: 5 },
    permissions: ['geolocation', 'accelerometer', 'gyroscope', 'magnetometer'],
  });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('DeviceOrientation.setDeviceOrientationOverride', { alpha: 37, beta: 42, gamma: -4 });
  const key = new URL(ready.join).hash;
  // By its LAN address, as from the QR code: loopback would count as secure and skip the guide.
  // The certificate is not trusted there, as on a phone that comes for the first time.
  const stranger = await browser.newContext({ ...SCREEN, userAgent: IPHONE });
  const guide = await stranger.newPage();
  await guide.goto(ready.join);
  await guide.getByRole('button', { name: 'Begin' }).waitFor();
  await shoot(guide, 'phone-guide');
  await stranger.close();
  await page.goto(`${ready.https}/join${key}`);
  await page.getByLabel('Your name').fill('Hana Sato');
  await page.getByLabel('Colour 3').check();
  await page.getByRole('button', { name: 'Next' }).tap();
  await shoot(page, 'phone-start');
  await page.getByRole('button', { name: 'Start' }).tap();
  for (let step = 1; step <= 4; step++) {
    await context.setGeolocation({ latitude: 47.6109 + step / 1e4, longitude: -121.9365, accuracy: 5 });
    await page.waitForFunction(
      (count) => Number(document.querySelector('[data-testid=delivered]')?.textContent) >= count,
      step,
    );
  }
  await shoot(page, 'phone-streaming');
  await context.close();
};

const executablePath = ensureChromium();
if (!executablePath) process.exit(1);
mkdirSync(target, { recursive: true });
const dataDir = mkdtempSync(join(tmpdir(), 'perch-screenshots-'));
const { hub, ready } = await startHub(dataDir);
const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
const sockets = [];
try {
  await shootRooms(browser, ready, async () => {
    for (const person of TEAM) {
      const socket = await connect(ready, person);
      sockets.push(socket);
      const frames = walkOf(person);
      if (person === TEAM[1]) frames.at(-2).photoBase64 = photo;
      await send(socket, frames);
    }
  });
  await shootPhone(browser, ready);
} finally {
  for (const socket of sockets) socket.terminate();
  await browser.close();
  await stopHub(hub);
  rmSync(dataDir, { recursive: true, force: true });
}
