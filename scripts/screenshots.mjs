// `npm run screenshots`: the control room in both themes and the phone page, from a real hub with walking phones, into docs/screenshots.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { WebSocket } from 'ws';
import { ensureChromium } from './ensure-chromium.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'docs/screenshots');
const photo = `data:image/jpeg;base64,${readFileSync(join(root, 'test/fixtures/photo.jpg')).toString('base64')}`;

/** A search in the hills: name, start, heading in degrees, speed in m/s, battery 0..1. */
const TEAM = [
  ['Ada Lindqvist', 47.6104, -121.9402, 35, 1.4, 0.86],
  ['Ben Okafor', 47.6121, -121.9377, 80, 1.1, 0.64],
  ['Chiara Russo', 47.6088, -121.9351, 340, 1.6, 0.91],
  ['Dmitri Volkov', 47.6133, -121.9436, 120, 0.9, 0.18],
  ['Emma Tanaka', 47.6069, -121.9429, 15, 1.3, 0.73],
  ['Farid Haddad', 47.6112, -121.9318, 265, 1.2, 0.55],
  ['Grace Mbeki', 47.6146, -121.9391, 200, 1.5, 0.97],
];

/** Frames each has sent before the picture is taken. */
const STEPS = 60;

const startHub = async (dataDir) => {
  const args = ['--data', dataDir, '--json', '--port', '0', '--tls-port', '0', '--session', 'Tiger ridge search'];
  const hub = spawn(process.execPath, [join(root, 'out/main/headless.js'), 'hub', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: hub.stdout })) {
    const event = JSON.parse(line);
    if (event.event === 'ready') return { hub, ready: event };
  }
  throw new Error('The hub ended before it was ready.');
};

const METRES_PER_DEGREE = 111_320;

/** One carrier: a way that bends a little with each step. */
const walkOf = ([, latitude, longitude, heading, speed, battery]) => {
  const frames = [];
  let place = { latitude, longitude, heading };
  for (let step = 0; step < STEPS; step++) {
    const turn = 14 * Math.sin(step / 7 + heading);
    const radians = ((place.heading + turn) * Math.PI) / 180;
    const metres = speed * 8;
    place = {
      latitude: place.latitude + (Math.cos(radians) * metres) / METRES_PER_DEGREE,
      longitude: place.longitude + (Math.sin(radians) * metres) / (METRES_PER_DEGREE * Math.cos(latitude / 57.3)),
      heading: (place.heading + turn / 3 + 360) % 360,
    };
    frames.push({
      gps: { ...place, altitude: 412 + step, accuracy: 4 + (step % 5), altitudeAccuracy: 6, speed },
      orientation: { alpha: place.heading, beta: 41.2, gamma: -3.8, absolute: true },
      motion: {
        accelerationX: 0.4,
        accelerationY: 3.1,
        accelerationZ: 9.2,
        rotationAlpha: 2,
        rotationBeta: -1,
        rotationGamma: 0,
      },
      weather: {
        temperature: 11.4,
        humidity: 81,
        windSpeed: 9.2,
        windDirection: 205,
        precipitation: 0.1,
        cloudCover: 92,
        weatherCode: 61,
      },
      battery: battery - step / 2000,
    });
  }
  return frames;
};

const connect = (ready, person) =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${ready.http.replace('http', 'ws')}/pocket-parrot`);
    socket.once('error', reject);
    socket.once('open', () =>
      socket.send(
        JSON.stringify({ type: 'handshake', token: ready.joinKey, username: person[0], platform: 'Android 16' }),
      ),
    );
    socket.once('message', () => resolve(socket));
  });

/** Sends frames whose times end now, and resolves when the last is acked. */
const send = (socket, frames) =>
  new Promise((resolve) => {
    let acks = 0;
    socket.on('message', (message) => {
      if (JSON.parse(message.toString()).type === 'ack' && ++acks === frames.length) resolve();
    });
    frames.forEach((data, index) => {
      const timestamp = new Date(Date.now() - (frames.length - 1 - index) * 1000).toISOString();
      socket.send(JSON.stringify({ type: 'data', data: { timestamp, ...data } }));
    });
  });

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
  hub.kill('SIGTERM');
  rmSync(dataDir, { recursive: true, force: true });
}
