// Finds a Chromium for the browser tests, or fetches Playwright's own; says in a sentence when there is none to be had.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const onPath = () =>
  (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));

const find = () => {
  if (process.env.PERCH_CHROMIUM) return existsSync(process.env.PERCH_CHROMIUM) ? process.env.PERCH_CHROMIUM : null;
  return [...onPath(), ...PLACES, chromium.executablePath()].find((path) => existsSync(path)) ?? null;
};

/** @returns the path of a Chromium, or null after a sentence. */
export const ensureChromium = () => {
  const found = find();
  if (found || process.env.PERCH_CHROMIUM) {
    if (!found) console.error(`PERCH_CHROMIUM names ${process.env.PERCH_CHROMIUM}, which is not there.`);
    return found;
  }
  console.log('No Chromium on this machine: fetching the one Playwright brings.');
  spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'inherit', shell: process.platform === 'win32' });
  const fetched = find();
  if (!fetched) {
    console.error(
      'The browser tests need a Chromium and none could be had. Install one (Debian: apt-get install chromium) and run npm test again.',
    );
  }
  return fetched;
};
