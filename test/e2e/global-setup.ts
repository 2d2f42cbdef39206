import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { desktopHost, electronBinary } from '../helpers/electron-app';
import { findChromium } from '../helpers/find-chromium';

const root = resolve(import.meta.dirname, '../..');

/** Says what the specs run against, and stops in a sentence when that is not there: nothing is ever skipped. */
export default function globalSetup(): void {
  for (const file of ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/control-room.html']) {
    if (!existsSync(join(root, file))) throw new Error(`There is no ${file}: run npm run build first.`);
  }
  const chromium = findChromium();
  const host = desktopHost();
  const reason =
    host === 'electron' ? electronBinary() : `Electron's binary is not used: test/stand-in with ${chromium}`;
  console.log(`e2e: desktop app on ${host} (${reason}); browser control room in ${chromium}`);
}
