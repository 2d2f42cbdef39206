import { join } from 'node:path';
import { app, BrowserWindow, dialog, screen } from 'electron';
import { ROOM_URL } from './app-address';
import { loadBounds, saveBounds } from './window-bounds';

const DEFAULT_SIZE = { width: 1440, height: 900 };
const MIN_SIZE = { minWidth: 1024, minHeight: 640 };

/** UDP ports of shares, one range for the firewall: a share takes one on each network of the laptop. */
const SHARE_PORTS = { min: 50_000, max: 50_299 };

/** Opens the control room's window where it was last time. It is shown once the page is painted. */
export function openMainWindow(): BrowserWindow {
  const file = join(app.getPath('userData'), 'window.json');
  const saved = loadBounds(
    file,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...DEFAULT_SIZE,
    ...(saved ? { x: saved.x, y: saved.y, width: saved.width, height: saved.height } : {}),
    ...MIN_SIZE,
    title: 'Perch',
    icon: join(app.getAppPath(), 'resources/icon.png'),
    show: false,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      // It records, and shows shares in windows of their own, while another app is in front.
      backgroundThrottling: false,
      // It would fetch dictionaries from the internet.
      spellcheck: false,
    },
  });
  window.webContents.setWebRTCUDPPortRange(SHARE_PORTS);
  if (saved?.isMaximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.webContents.on('will-prevent-unload', (event) => {
    // The page is recording. Electron closes no such window and says nothing, so this asks as a browser would.
    const answer = dialog.showMessageBoxSync(window, {
      type: 'question',
      buttons: ['Keep open', 'Close'],
      defaultId: 0,
      cancelId: 0,
      message: 'Shares are being recorded.',
      detail: 'Closing the window ends these recordings. What is recorded so far is kept.',
    });
    if (answer === 1) event.preventDefault();
  });
  window.on('close', () => {
    saveBounds(file, { ...window.getNormalBounds(), isMaximized: window.isMaximized() });
  });
  window.loadURL(ROOM_URL).catch((error: unknown) => {
    // Closed by the operator before it was loaded: nothing failed.
    if (!window.isDestroyed()) throw error;
  });
  return window;
}

/** Brings the window to the front: what a second start of the app does instead of starting. */
export function focusMainWindow(): void {
  const window = BrowserWindow.getAllWindows()[0];
  if (!window) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
