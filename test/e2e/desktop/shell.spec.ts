// The shell around the hub: window, security, menu, ends. Runs on Electron where its binary is, else on the stand-in.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type ElectronApplication, expect, type Page, test } from '@playwright/test';
import type { BrowserWindow, MenuItem } from 'electron';
import { connectPhone, scanQrCode, sendFrame } from '../../helpers/control-room';
import { desktopCommand, desktopEnvironment, launchDesktop } from '../../helpers/electron-app';
import { startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

let folder: string;
let app: ElectronApplication;
let page: Page;

const ANY_PORTS = ['--port=0', '--tls-port=0'];
const switches = () => [`--user-data-dir=${folder}`, ...ANY_PORTS];
async function start(args: readonly string[] = ANY_PORTS, answer = ''): Promise<void> {
  app = await launchDesktop([`--user-data-dir=${folder}`, ...args], answer);
  page = await app.firstWindow();
  await expect(page.getByTestId('hub-link')).toHaveAttribute('data-kind', 'online');
}
const mainWindow = () => app.browserWindow(page);

/** Runs the app without Playwright until it ends by itself. */
async function runToEnd(args: readonly string[], answer: string): Promise<{ code: number | null; stdout: string }> {
  const [program, all] = desktopCommand(args);
  const child = spawn(program, all, { env: desktopEnvironment(answer), stdio: ['ignore', 'pipe', 'ignore'] });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout };
}

/** For a describe of tests that each start an app of their own. */
function useFolderPerTest(): void {
  test.beforeEach(() => {
    folder = temporaryFolder();
  });
  test.afterEach(() => removeFolder(folder));
}

test.describe('an open window', () => {
  test.beforeAll(async () => {
    folder = temporaryFolder();
    await start();
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
      };
    });
    expect(result).toEqual({
      inlineRan: false,
      elsewhere: 'refused',
      unknown: 404,
      traversal: 404,
      media: 404,
      posted: 404,
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
      window.open('https://example.com/');
      const link = document.createElement('a');
      link.href = 'https://example.com/';
      document.body.append(link);
      link.click();
    });
    await page.evaluate(() => {
      location.href = 'app://perch/assets/';
    });
    await expect.poll(() => app.windows().length).toBe(1);
    await expect(page.getByTestId('hub-link')).toHaveAttribute('data-kind', 'online');
    expect(page.url()).toBe(url);
    expect(await app.evaluate(() => 'didOpenExternal' in globalThis)).toBe(false);
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
    expect(await runToEnd(switches(), '')).toEqual({ code: 0, stdout: '' });
    await expect
      .poll(async () => (await mainWindow()).evaluate((window: BrowserWindow) => window.isMinimized()))
      .toBe(false);
  });
});

test.describe('the end', () => {
  useFolderPerTest();
  test('closing the window stores what was received, says goodbye, and exits with 0', async () => {
    await start();
    const phone = await connectPhone(await scanQrCode(page), 'ann');
    await sendFrame(phone, { gps: { latitude: 1, longitude: 2 } });
    const exited = once(app.process(), 'exit');
    await page.close();
    expect(await phone.client.closed).toMatchObject({ code: 1001 });
    expect(phone.client.received.at(-1)).toMatchObject({ type: 'server_shutdown' });
    expect((await exited)[0]).toBe(0);

    await start();
    await expect(page.getByTestId('roster-row')).toContainText('ann');
    await app.close();
  });

  test('SIGTERM does the same', async () => {
    await start();
    const phone = await connectPhone(await scanQrCode(page), 'ann');
    const exited = once(app.process(), 'exit');
    app.process().kill('SIGTERM');
    expect(await phone.client.closed).toMatchObject({ code: 1001 });
    expect((await exited)[0]).toBe(0);
  });

  test('the window comes back where it was', async () => {
    const bounds = { x: 30, y: 40, width: 1100, height: 700 };
    await start();
    await (await mainWindow()).evaluate((window: BrowserWindow, value) => window.setBounds(value), bounds);
    await app.close();
    await start();
    expect(await (await mainWindow()).evaluate((window: BrowserWindow) => window.getBounds())).toEqual(bounds);
    await app.close();
  });
});

test.describe('what keeps it from starting', () => {
  useFolderPerTest();
  const other = createServer();
  let port: number;
  test.beforeAll(async () => {
    await once(other.listen(0, '0.0.0.0'), 'listening');
    port = (other.address() as { port: number }).port;
  });
  test.afterAll(() => {
    other.close();
  });

  test('a taken port: "Use another port" starts on a free one', async () => {
    await start([`--port=${port}`, '--tls-port=0'], 'Use another port');
    const address = new URL(await scanQrCode(page));
    expect(Number(address.port)).toBeGreaterThan(0);
    expect(Number(address.port)).not.toBe(port);
    await app.close();
  });

  test('a taken TLS port: the same', async () => {
    await start(['--port=0', `--tls-port=${port}`], 'Use another port');
    await app.close();
  });

  test('a taken port: "Quit" ends with 0 after a sentence that names port and holder', async () => {
    const { code, stdout } = await runToEnd([`--user-data-dir=${folder}`, `--port=${port}`, '--tls-port=0'], 'Quit');
    expect(code).toBe(0);
    expect(JSON.parse(stdout.replace(/^dialog /, ''))).toEqual({
      message: expect.stringMatching(new RegExp(`^Port ${port} is already in use by .*\\(pid ${process.pid}\\)\\.$`)),
      buttons: ['Use another port', 'Quit'],
    });
  });

  test('anything else is said in a sentence, and it exits with 1', async () => {
    const { code, stdout } = await runToEnd([`--user-data-dir=${folder}`, '--port=eighty'], '');
    expect(code).toBe(1);
    expect(stdout).toContain('--port must be between 0 and 65535, got eighty.');
  });

  test('a data folder another hub has', async () => {
    const hub = await startHubProcess(join(folder, 'shared'));
    const { code, stdout } = await runToEnd([...switches(), `--data=${join(folder, 'shared')}`], '');
    expect(code).toBe(1);
    expect(stdout).toContain(String(hub.ready.pid));
    expect(await hub.stop()).toBe(0);
  });
});
