// What `import 'electron'` gives to the app under test. It proves the app's code, not Electron: see test/stand-in/README.md.
import { app } from './app.ts';
import { StandInWindow } from './browser-window.ts';
import { calls } from './calls.ts';
import { startChromium } from './chromium.ts';
import * as fakes from './dialog-and-fakes.ts';
import { isUnderPlaywright, manifest } from './environment.ts';
import { notImplemented } from './guard.ts';
import { ipcMain } from './ipc-main.ts';
import { Menu, MenuItem } from './menu.ts';
import { nativeTheme } from './native-theme.ts';
import { protocol } from './protocol.ts';
import { session } from './session.ts';
import { webContents } from './web-contents.ts';

export {
  clipboard,
  desktopCapturer,
  dialog,
  Notification,
  nativeImage,
  net,
  powerMonitor,
  powerSaveBlocker,
  safeStorage,
  screen,
  shell,
  Tray,
} from './dialog-and-fakes.ts';
export { app, calls as __calls, ipcMain, Menu, MenuItem, nativeTheme, protocol, session, webContents };
export const BrowserWindow = StandInWindow;
export const BaseWindow = notImplemented('BaseWindow');
export const autoUpdater = notImplemented('autoUpdater');
export const contentTracing = notImplemented('contentTracing');
export const crashReporter = notImplemented('crashReporter');
export const globalShortcut = notImplemented('globalShortcut');
export const MessageChannelMain = notImplemented('MessageChannelMain');
export const netLog = notImplemented('netLog');
export const systemPreferences = notImplemented('systemPreferences');
export const utilityProcess = notImplemented('utilityProcess');
export const View = notImplemented('View');
export const WebContentsView = notImplemented('WebContentsView');

export default { ...fakes, app, BrowserWindow, ipcMain, Menu, MenuItem, nativeTheme, protocol, session, webContents };

const VERSION = '45.4.1-stand-in';
Object.defineProperty(process.versions, 'electron', { value: VERSION, enumerable: true });
Object.assign(process, { type: 'browser', resourcesPath: app.getAppPath() });
process.title = manifest.name;

// Electron quits in order on these, and only warns of a promise nobody handled.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => app.quit());
process.on('unhandledRejection', (error) => console.error('UnhandledPromiseRejectionWarning:', error));
// Electron's main process lives until it quits, whatever its event loop holds.
setInterval(() => {}, 1 << 30);

setImmediate(() => {
  if (!isUnderPlaywright) {
    app.start();
    return;
  }
  Object.assign(globalThis, { __playwright_run: () => app.start() });
  startChromium().catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
