// `node scripts/gallery.mjs [room|wall|phone] [folder] [look of the phone]`: every screen in every theme, to be looked at, from a real hub with a team on it.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { runSharers } from '../bench/wall-sharers.ts';
import { connect, photo, root, send, sendWord, startHub, stopHub, TEAM, walkOf } from './demo.mjs';
import { ensureChromium } from './ensure-chromium.mjs';
import { shootPhones } from './gallery/phone.mjs';
import { walkRoom, walkWall } from './gallery/room.mjs';

const what = process.argv[2] ?? 'all';
const target = resolve(process.argv[3] ?? join(root, 'test-results/gallery'));

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
];
const SHARES = [0, 1, 3, 6, 12];

const shooterOf = (page, prefix) => async (name) => {
  await page.screenshot({ path: join(target, `${prefix}-${name}.png`) });
};

const openRoom = async (browser, viewport, colorScheme) => {
  const context = await browser.newContext({ viewport, colorScheme, ignoreHTTPSErrors: true });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return page;
};

/** The team walks; one calls for help, one asks something. */
const fillHub = async (ready) => {
  const sockets = [];
  for (const person of TEAM) {
    const socket = await connect(ready, person);
    sockets.push(socket);
    const frames = walkOf(person);
    if (person === TEAM[1]) frames.at(-2).photoBase64 = photo;
    if (person === TEAM[1]) frames.at(-1).objectsDetected = [{ class: 'backpack', score: 0.81 }];
    await send(socket, frames);
  }
  await sendWord(sockets[3], { type: 'sos', active: true, text: 'Twisted ankle by the creek' });
  await sendWord(sockets[1], { type: 'message', text: 'Found a blue backpack, waiting here.' });
  return sockets;
};

const shootRooms = async (browser, ready) => {
  for (const viewport of SIZES) {
    for (const scheme of ['light', 'dark']) {
      const page = await openRoom(browser, viewport, scheme);
      await walkRoom(page, ready, shooterOf(page, `room-${viewport.width}-${scheme}`));
      await page.context().close();
    }
  }
};

const shootWalls = async (browser, ready) => {
  const sharers = await browser.newContext();
  for (const count of SHARES) {
    const source = await sharers.newPage();
    await source.goto(`${ready.http}/test-signaling.html`);
    const url = `${ready.http.replace('http', 'ws')}/signaling?key=${ready.joinKey}`;
    await source.evaluate(runSharers, { url, count });
    for (const [viewport, scheme] of [
      [SIZES[0], 'light'],
      [SIZES[1], 'dark'],
    ]) {
      const page = await openRoom(browser, viewport, scheme);
      await page.goto(ready.console);
      await walkWall(page, count, shooterOf(page, `room-${viewport.width}-${scheme}`));
      await page.context().close();
    }
    await source.close();
  }
  await sharers.close();
};

const executablePath = ensureChromium();
if (!executablePath) process.exit(1);
mkdirSync(target, { recursive: true });
const dataDir = mkdtempSync(join(tmpdir(), 'perch-gallery-'));
const { hub, ready } = await startHub(dataDir);
const browser = await chromium.launch({
  executablePath,
  chromiumSandbox: process.getuid?.() !== 0,
  args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
});
let sockets = [];
try {
  if (what !== 'phone') sockets = await fillHub(ready);
  if (what === 'all' || what === 'room') await shootRooms(browser, ready);
  if (what === 'all' || what === 'wall') await shootWalls(browser, ready);
  if (what === 'all' || what === 'phone') await shootPhones(browser, ready, shooterOf, process.argv[4]);
} finally {
  for (const socket of sockets) socket.terminate();
  await browser.close();
  await stopHub(hub);
  rmSync(dataDir, { recursive: true, force: true });
}
console.log(target);
