import { accessSync, constants, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, isAbsolute, join } from 'node:path';
import type * as Playwright from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The Chromium that tests use: `PERCH_CHROMIUM` (a path or a name on PATH), else one on PATH, else Playwright's own.
 * @throws when there is none: browser tests fail, they never skip.
 */
export function findChromium(): string {
  const wanted = process.env.PERCH_CHROMIUM;
  if (wanted) {
    const found = isAbsolute(wanted) ? executableOrNull(wanted) : onPath(wanted);
    if (found) return found;
    throw new Error(`PERCH_CHROMIUM names "${wanted}", and there is no such program.`);
  }
  const found = NAMES.map(onPath).find((path) => path !== null) ?? playwrightsOwn();
  if (found) return found;
  throw new Error(
    'These tests need a Chromium and there is none: install one (Debian: apt-get install chromium; elsewhere: ' +
      'npx playwright install chromium) or name one in PERCH_CHROMIUM.',
  );
}

/** Chromium refuses its sandbox to root. */
export const isChromiumSandboxed = process.getuid?.() !== 0;

function playwrightsOwn(): string | null {
  // Loaded only when needed: the stand-in runs this file inside the app's process.
  const { chromium } = createRequire(import.meta.url)('@playwright/test') as typeof Playwright;
  return executableOrNull(chromium.executablePath());
}

function onPath(name: string): string | null {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const found = folder ? executableOrNull(join(folder, process.platform === 'win32' ? `${name}.exe` : name)) : null;
    if (found) return found;
  }
  return null;
}

function executableOrNull(path: string): string | null {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile() ? path : null;
  } catch {
    return null;
  }
}
