import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';

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

/** The program to start by hand, as a second start of the app does. */
export function desktopProgram(): string {
  return desktopHost() === 'stand-in' ? STAND_IN : (electronBinary() ?? STAND_IN);
}

/** Starts an app folder (default: this repository, which must be built). */
export function launchDesktop(args: readonly string[], appFolder = root): Promise<ElectronApplication> {
  return _electron.launch({
    ...(desktopHost() === 'stand-in' ? { executablePath: STAND_IN } : {}),
    args: [appFolder, ...args],
    // The app decides its colour scheme, not Playwright.
    colorScheme: null,
  });
}

/** A folder of this test. */
export function temporaryFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `perch-${name}-`));
}
