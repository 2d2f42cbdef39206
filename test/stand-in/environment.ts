// What the stand-in was started with: arguments, the app's folder and manifest, Chromium switches.
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const appArguments = process.argv.slice(2);

/** Playwright gives this flag to what it believes is Electron, and then calls `__playwright_run()`. */
export const isUnderPlaywright = appArguments.includes('--remote-debugging-port=0');

/** Folder of the nearest package.json above the app's main file. */
export const appRoot = findAppRoot(dirname(resolve(process.argv[1] ?? '.')));

export const manifest = JSON.parse(readFileSync(join(appRoot, 'package.json'), 'utf8')) as {
  readonly name: string;
  readonly productName?: string;
  readonly version: string;
};

/** Switches the app appended for Chromium, `--name` or `--name=value`. */
export const appendedSwitches: string[] = [];

export function hasSwitch(name: string): boolean {
  return [...appArguments, ...appendedSwitches].some((each) => each === `--${name}` || each.startsWith(`--${name}=`));
}

/** As in Chromium: only `--name=value` has a value; '' when there is none. */
export function switchValue(name: string): string {
  const found = [...appArguments, ...appendedSwitches].find((each) => each.startsWith(`--${name}=`));
  return found?.slice(name.length + 3) ?? '';
}

let userData: string | null = null;

/** `--user-data-dir`, else a folder of this run: a test never meets the user's own data. */
export function userDataDir(): string {
  userData ??= resolve(switchValue('user-data-dir') || mkdtempSync(join(tmpdir(), 'stand-in-')));
  mkdirSync(userData, { recursive: true });
  return userData;
}

export function setUserDataDir(path: string): void {
  userData = path;
}

function findAppRoot(start: string): string {
  let folder = start;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`stand-in: no package.json above ${start}`);
    folder = parent;
  }
  return folder;
}
