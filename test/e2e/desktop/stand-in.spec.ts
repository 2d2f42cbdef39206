// The stand-in itself, with a small app. It always runs on the stand-in, whatever the shell's specs run on.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test';
import type { BrowserWindow } from 'electron';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

interface FixtureApi {
  readonly version: number;
  readonly nested: { readonly list: unknown[] };
  readonly instance: { readonly value: number; readonly method?: unknown };
  add(a: number, b: number): number;
  throwNow(): void;
  throwLater(): Promise<void>;
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  send(channel: string, value: unknown): void;
  on(channel: string, listener: (value: never) => void): () => void;
  seenOfThePage(): string[];
}
declare const api: FixtureApi;
interface FixtureGlobals {
  isAllowed: boolean;
  blocked?: string;
  isClicked?: boolean;
  seconds: unknown[];
}

const folder = join(import.meta.dirname, '../../stand-in');
const userData = temporaryFolder();
const args = [join(folder, 'fixture-app'), `--user-data-dir=${userData}`];
let app: ElectronApplication;
let page: Page;

test.beforeAll(async () => {
  app = await _electron.launch({ executablePath: join(folder, 'electron'), args, colorScheme: null });
  page = await app.firstWindow();
  await expect(page).toHaveTitle('fixture 3');
});
test.afterAll(async () => {
  await app.close();
  removeFolder(userData);
});

const setAllowed = (isAllowed: boolean) =>
  app.evaluate((_electron, value) => {
    (globalThis as unknown as FixtureGlobals).isAllowed = value;
  }, isAllowed);

test('the preload has a world of its own and shows only what it exposes', async () => {
  const seen = await page.evaluate(async () => ({
    leaked: 'leakedFromPreload' in window,
    polluted: 'preloadPolluted' in [],
    seenByPreload: api.seenOfThePage(),
    bindings: Object.keys(window).filter((key) => /standin|stand-in/i.test(key)),
    nested: api.nested,
    instance: { value: api.instance.value, method: typeof api.instance.method },
    sum: api.add(2, 3),
    isFrozen: Object.isFrozen(api) && Object.isFrozen(api.nested),
    now: (() => {
      try {
        return api.throwNow();
      } catch (error) {
        return String(error);
      }
    })(),
    later: await api.throwLater().catch((error: Error) => error.message),
  }));
  expect(seen).toEqual({
    leaked: false,
    polluted: false,
    seenByPreload: ['undefined', 'undefined'],
    bindings: [],
    nested: { list: [1, { two: 2 }] },
    instance: { value: 1, method: 'undefined' },
    sum: 5,
    isFrozen: true,
    now: 'TypeError: sync boom',
    later: 'async boom',
  });
});

test('IPC carries what structured clone carries, and refuses the rest', async () => {
  const carried = await page.evaluate(async () => {
    const echoed = (await api.invoke('echo', {
      date: new Date(5),
      map: new Map([[1, { big: 2n }]]),
      nothing: undefined,
      nan: Number.NaN,
      set: new Set(['x']),
      floats: new Float32Array([1.5]),
      $: 'dollar',
    })) as {
      date: Date;
      map: Map<number, { big: bigint }>;
      nan: number;
      set: Set<string>;
      floats: Float32Array;
      $: string;
    };
    const bytes = (await api.invoke('bytes', 3)) as Uint8Array;
    return [
      echoed.date instanceof Date && echoed.date.getTime() === 5,
      echoed.map.get(1)?.big === 2n,
      'nothing' in echoed,
      Number.isNaN(echoed.nan),
      echoed.set.has('x'),
      echoed.floats[0] === 1.5,
      echoed.$ === 'dollar',
      bytes instanceof Uint8Array && bytes.length === 3,
    ];
  });
  expect(carried).toEqual(Array.from({ length: 8 }, () => true));
  const refused = await page.evaluate(() => api.invoke('fail').catch((error: Error) => error.message));
  expect(refused).toBe("Error invoking remote method 'fail': Error: on purpose");
  const unknown = await page.evaluate(() => api.invoke('nobody').catch((error: Error) => error.message));
  expect(unknown).toContain("No handler registered for 'nobody'");
});

test('app:// is a secure origin, served by the handler, under the policy its header sets', async () => {
  const result = await page.evaluate(async () => ({
    isSecureContext,
    didInlineRun: 'inlineScriptRan' in window,
    posted: (await (await fetch('/api', { method: 'POST', body: 'hello' })).json()) as object,
    foreign: await fetch('https://elsewhere.localhost/').then(
      () => 'fetched',
      (error: Error) => error.message,
    ),
  }));
  expect(result).toEqual({
    isSecureContext: true,
    didInlineRun: false,
    posted: { host: 'fixture', method: 'POST', body: 'hello' },
    foreign: 'Failed to fetch',
  });
  expect(await page.evaluate(() => api.invoke('sender'))).toBe('app://fixture/index.html');
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())).toBe(
    'app://fixture/index.html',
  );
});

test('permission handlers decide', async () => {
  const ask = () =>
    page.evaluate(async () => {
      const name = (error: Error) => error.name;
      return [
        await navigator.mediaDevices.getUserMedia({ video: true }).then((each) => each.getVideoTracks().length, name),
        await navigator.mediaDevices
          .getDisplayMedia({ video: true })
          .then((each) => each.getVideoTracks().length, name),
        await navigator.clipboard.writeText('x').then(() => 'written', name),
        await new Promise((resolve) =>
          navigator.geolocation.getCurrentPosition(resolve, (error) => resolve(`refused ${error.code}`)),
        ),
        (await navigator.permissions.query({ name: 'geolocation' })).state,
      ];
    });
  expect(await ask()).toEqual([1, 1, 'NotAllowedError', 'refused 1', 'denied']);
  await setAllowed(false);
  expect(await ask()).toEqual(['NotAllowedError', 'NotAllowedError', 'NotAllowedError', 'refused 1', 'denied']);
  await setAllowed(true);
});

test('navigation and popups go through the app, menu items can be clicked', async () => {
  await page.locator('#away').click({ noWaitAfter: true });
  const fixture = () => app.evaluate(() => ({ ...(globalThis as unknown as FixtureGlobals) }));
  await expect.poll(async () => (await fixture()).blocked).toBe('http://example.com/away');
  await page.locator('#popup').click({ noWaitAfter: true });
  const opened = () =>
    app.evaluate((electron) =>
      (electron as unknown as { __calls: { name: string; args: unknown[] }[] }).__calls
        .filter((call) => call.name === 'shell.openExternal')
        .map((call) => call.args[0]),
    );
  await expect.poll(opened).toEqual(['http://example.com/popup']);
  await expect.poll(() => app.windows().length).toBe(1);
  expect(page.url()).toContain('/index.html');
  await app.evaluate(({ Menu }) => {
    Menu.getApplicationMenu()?.getMenuItemById('click-me')?.click();
  });
  expect((await fixture()).isClicked).toBe(true);
});

test('what is not there throws', async () => {
  const message = await app.evaluate(({ globalShortcut }) => {
    try {
      return String(globalShortcut.register('A', () => {}));
    } catch (error) {
      return (error as Error).message;
    }
  });
  expect(message).toBe('stand-in: globalShortcut.register() is not implemented');
});

test('a second start tells the first and gets no lock', async () => {
  const second = spawn(join(folder, 'electron'), [...args, '--from-second'], { stdio: 'ignore' });
  const [code] = (await once(second, 'exit')) as [number];
  expect(code).toBe(7);
  await expect
    .poll(() => app.evaluate(() => (globalThis as unknown as FixtureGlobals).seconds))
    .toEqual([{ last: '--from-second', data: { hello: 'first' } }]);
});

test('screenshots, sizes, theme, a second window, and its close', async () => {
  const window = await app.browserWindow(page);
  expect(await window.evaluate((each: BrowserWindow) => each.getBounds().width)).toBe(640);
  expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([640, 480]);
  expect((await page.screenshot()).length).toBeGreaterThan(500);
  await app.evaluate(({ nativeTheme }) => {
    nativeTheme.themeSource = 'dark';
  });
  await expect.poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  await page.evaluate(() => api.invoke('second-window'));
  await expect.poll(() => app.windows().length).toBe(2);
  const other = app.windows().find((each) => each !== page);
  await other?.evaluate(() => {
    api.on('relay', (value) => {
      document.title = value;
    });
  });
  await page.evaluate(() => api.send('relay', 'heard'));
  await expect(other as Page).toHaveTitle('heard');
  await other?.close();
  await expect.poll(() => app.windows().length).toBe(1);
});

test('closing the last window ends the app with 0', async () => {
  const ownData = temporaryFolder();
  const own = await _electron.launch({
    executablePath: join(folder, 'electron'),
    args: [args[0] ?? '', `--user-data-dir=${ownData}`],
  });
  const window = await own.firstWindow();
  await expect(window).toHaveTitle('fixture 3');
  const exited = once(own.process(), 'exit');
  await window.close();
  expect((await exited)[0]).toBe(0);
  removeFolder(ownData);
});
