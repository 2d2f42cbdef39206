import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';
import { isChromiumSandboxed } from './find-chromium';

/** What runs the desktop app: Electron's own binary, or the stand-in of test/stand-in. */
export type DesktopHost = 'electron' | 'stand-in';

const root = resolve(import.meta.dirname, '../..');
const STAND_IN = join(root, 'test/stand-in/electron');

/** Electron's binary, or null. Never `require('electron')`: that would try to download it. */
export function electronBinary(): string | null {
  const home = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const pathFile = join(home, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(home, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

/**
 * Electron where its binary is, else the stand-in; `PERCH_E2E` insists on one.
 * @throws when PERCH_E2E names what is not there: it never falls back.
 */
export function desktopHost(): DesktopHost {
  const wanted = process.env.PERCH_E2E;
  const binary = electronBinary();
  if (wanted === undefined || wanted === '') return binary ? 'electron' : 'stand-in';
  if (wanted === 'stand-in') return 'stand-in';
  if (wanted !== 'electron') throw new Error(`PERCH_E2E is "electron" or "stand-in", got "${wanted}".`);
  if (!binary)
    throw new Error('PERCH_E2E=electron, and Electron’s binary is not there: npx install-electron fetches it.');
  return 'electron';
}

/** How the app is started without Playwright: program and arguments. */
export function desktopCommand(args: readonly string[]): readonly [string, readonly string[]] {
  if (desktopHost() === 'stand-in') return [STAND_IN, [...preludeArguments(), root, ...args]];
  const sandbox = isChromiumSandboxed ? [] : ['--no-sandbox'];
  return [electronBinary() ?? '', [...sandbox, ...preludeArguments(), root, ...args]];
}

/**
 * Starts the app of this repository, which must be built. Its message boxes are answered with the button named by
 * `answer`, and told on stdout.
 */
export function launchDesktop(args: readonly string[], answer = ''): Promise<ElectronApplication> {
  return _electron.launch({
    ...(desktopHost() === 'stand-in' ? { executablePath: STAND_IN } : {}),
    args: [...preludeArguments(), root, ...args],
    env: desktopEnvironment(answer),
    chromiumSandbox: isChromiumSandboxed,
    // The app decides its colour scheme, not Playwright.
    colorScheme: null,
  });
}

/** The environment in which message boxes are answered with the button of this name. */
export function desktopEnvironment(answer: string): Record<string, string> {
  const inherited = Object.entries(process.env).filter((each): each is [string, string] => each[1] !== undefined);
  return { ...Object.fromEntries(inherited), PERCH_TEST_ANSWER: answer };
}

/** Loaded before the app: nobody is there to press a button. */
function preludeArguments(): string[] {
  return ['-r', join(root, 'test/helpers/answer-dialogs.cjs')];
}
