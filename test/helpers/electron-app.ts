import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { _electron, type ElectronApplication, expect, type Page } from '@playwright/test';
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

/** The hub of a test takes whatever ports are free. */
export const ANY_PORTS: readonly string[] = ['--port=0', '--tls-port=0'];

/** The app with its window. */
export interface StartedDesktop {
  readonly app: ElectronApplication;
  readonly page: Page;
}

/**
 * Starts the app of this repository, which must be built, and waits until its window is connected to its hub. Its
 * message boxes are answered with the button named by `answer`.
 */
export async function startDesktop(userData: string, args = ANY_PORTS, answer = ''): Promise<StartedDesktop> {
  const app = await _electron.launch({
    ...(desktopHost() === 'stand-in' ? { executablePath: STAND_IN } : {}),
    args: appArguments([`--user-data-dir=${userData}`, ...args]),
    env: environment(answer),
    chromiumSandbox: isChromiumSandboxed,
    // The app decides its colour scheme, not Playwright.
    colorScheme: null,
  });
  const page = await app.firstWindow();
  await expect(page.getByTestId('hub-link')).toHaveAttribute('data-kind', 'online');
  return { app, page };
}

/**
 * Starts the app without Playwright, and waits until it ends by itself.
 * @returns its exit code, and what it wrote; message boxes are among it as `dialog {...}`
 */
export async function runToEnd(
  args: readonly string[],
  answer = '',
): Promise<{ readonly code: number | null; readonly stdout: string }> {
  const isStandIn = desktopHost() === 'stand-in';
  const sandbox = isStandIn || isChromiumSandboxed ? [] : ['--no-sandbox'];
  const child = spawn(isStandIn ? STAND_IN : (electronBinary() ?? ''), [...sandbox, ...appArguments(args)], {
    env: environment(answer),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout };
}

/** The prelude is loaded before the app: nobody is there to press a button. */
function appArguments(args: readonly string[]): string[] {
  return ['-r', join(root, 'test/helpers/answer-dialogs.cjs'), root, ...args];
}

function environment(answer: string): Record<string, string> {
  const inherited = Object.entries(process.env).filter((each): each is [string, string] => each[1] !== undefined);
  return { ...Object.fromEntries(inherited), PERCH_TEST_ANSWER: answer };
}
