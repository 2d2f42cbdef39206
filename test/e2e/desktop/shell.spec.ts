// The window of the desktop app: what its page may do, the menu, a second start. Runs on Electron where its binary is, else on the stand-in.
import { join } from 'node:path';
import { type ElectronApplication, expect, type Page, test } from '@playwright/test';
import type { BrowserWindow, MenuItem } from 'electron';
import { ANY_PORTS, runToEnd, startDesktop } from '../../helpers/electron-app';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

let folder: string;
let app: ElectronApplication;
let page: Page;

const mainWindow = () => app.browserWindow(page);

test.beforeAll(async () => {
  folder = temporaryFolder();
  ({ app, page } = await startDesktop(folder));
});
test.afterAll(async () => {
  await app.close();
  removeFolder(folder);
});

test('has its size, its name, and one transport for all the page knows of the main process', async () => {
  await expect(page).toHaveTitle('Perch control room');
  const bounds = await (await mainWindow()).evaluate((window: BrowserWindow) => window.getBounds());
  expect([bounds.width, bounds.height]).toEqual([1440, 900]);
  const seen = await page.evaluate(() => ({
    transport: Object.keys((window as unknown as { perchTransport: object }).perchTransport).sort(),
    foreign: ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter((name) => name in window),
    isSecureContext,
  }));
  expect(seen).toEqual({
    transport: ['bufferedBytes', 'close', 'onClose', 'onMessage', 'send'],
    foreign: [],
    isSecureContext: true,
  });
});

test('takes shares on the UDP ports that the firewall is told of', async () => {
  const ports = await (await mainWindow()).evaluate((window: BrowserWindow) =>
    window.webContents.getWebRTCUDPPortRange(),
  );
  expect(ports).toEqual({ min: 50_000, max: 50_299 });
});

test('runs no script but its own and reaches nothing but its own origin', async () => {
  const result = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.head.append(script);
    const outcome = (promise: Promise<Response>) =>
      promise.then(
        (response) => response.status,
        () => 'refused',
      );
    return {
      inlineRan: 'inlineRan' in window,
      elsewhere: await outcome(fetch('http://127.0.0.1:9/')),
      unknown: await outcome(fetch('/phone.html')),
      traversal: await outcome(fetch('/assets/%2e%2e/%2e%2e/package.json')),
      media: await outcome(fetch(`/api/v1/media/${'0'.repeat(64)}`)),
      posted: await outcome(fetch('/room', { method: 'POST' })),
      policy: (await fetch('/room')).headers.get('content-security-policy'),
    };
  });
  expect(result).toEqual({
    inlineRan: false,
    elsewhere: 'refused',
    unknown: 404,
    traversal: 404,
    media: 404,
    posted: 404,
    policy: expect.stringMatching(/^default-src 'self';.*frame-ancestors 'none'$/),
  });
});

test('is given no camera, screen, position or notification', async () => {
  const answers = await page.evaluate(async () => {
    const name = (error: Error) => error.name;
    return {
      camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'given', name),
      screen: await navigator.mediaDevices.getDisplayMedia({ video: true }).then(() => 'given', name),
      position: await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('given'),
          () => resolve('refused'),
        ),
      ),
      notification: await Notification.requestPermission(),
    };
  });
  expect(answers).toMatchObject({ camera: 'NotAllowedError', position: 'refused', notification: 'denied' });
  expect(['NotAllowedError', 'NotSupportedError']).toContain(answers.screen);
});

test('stays where it is and opens nothing', async () => {
  await app.evaluate(({ shell }) => {
    shell.openExternal = () => {
      Object.assign(globalThis, { didOpenExternal: true });
      return Promise.resolve();
    };
  });
  const url = page.url();
  await page.evaluate(() => {
    if (window.open('https://example.com/')) throw new Error('window.open gave a window.');
    const link = document.createElement('a');
    link.href = 'https://example.com/';
    document.body.append(link);
    link.click();
  });
  await page.evaluate(() => {
    location.href = '/assets/';
  });
  await expect(page.getByTestId('hub-link')).toHaveAttribute('data-kind', 'online');
  expect(page.url()).toBe(url);
  expect(await app.evaluate(() => 'didOpenExternal' in globalThis)).toBe(false);
  // A refused popup of the stand-in is a page for a moment.
  await expect.poll(() => app.windows().length).toBe(1);
});

test('keeps the laptop awake', async () => {
  const isAwake = await app.evaluate(({ powerSaveBlocker }) => [0, 1].some((id) => powerSaveBlocker.isStarted(id)));
  expect(isAwake).toBe(true);
});

test('has a menu that does what it says', async () => {
  const click = (id: string) =>
    app.evaluate(({ Menu }, wanted) => {
      Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click();
    }, id);
  const isDark = () => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  await click('theme-dark');
  await expect.poll(isDark).toBe(true);
  await click('theme-light');
  await expect.poll(isDark).toBe(false);

  await app.evaluate(({ shell }) => {
    shell.openPath = (path) => {
      Object.assign(globalThis, { openedPath: path });
      return Promise.resolve('');
    };
  });
  await click('open-data-folder');
  expect(await app.evaluate(() => (globalThis as { openedPath?: string }).openedPath)).toBe(join(folder, 'data'));
  const roles = await app.evaluate(({ Menu }) => {
    const all = (items: MenuItem[]): MenuItem[] => items.flatMap((each) => [each, ...all(each.submenu?.items ?? [])]);
    return all(Menu.getApplicationMenu()?.items ?? []).map((each) => each.role?.toLowerCase());
  });
  expect(roles).toEqual(expect.arrayContaining(['quit', 'reload', 'zoomin', 'togglefullscreen']));
});

test('is brought to the front by a second start, which ends', async () => {
  await (await mainWindow()).evaluate((window: BrowserWindow) => window.minimize());
  expect(await runToEnd([`--user-data-dir=${folder}`, ...ANY_PORTS])).toEqual({ code: 0, stdout: '' });
  await expect
    .poll(async () => (await mainWindow()).evaluate((window: BrowserWindow) => window.isMinimized()))
    .toBe(false);
});
