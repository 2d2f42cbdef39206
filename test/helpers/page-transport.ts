import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import type { Transport } from '../../src/common/rpc/transport';
import type { ExposedTransport } from '../../src/preload/exposed-transport';

const out = resolve(import.meta.dirname, '../../out');

interface PageGlobals {
  readonly perchTransport: ExposedTransport;
  perchTestMessage(message: string): void;
  perchTestClosed(): void;
}

/**
 * Opens another window of the app on a page of our own origin that runs no script of ours: the built preload's transport
 * is there, and nobody uses it.
 */
export async function openBarePage(app: ElectronApplication): Promise<Page> {
  const style = readdirSync(join(out, 'renderer/assets')).find((name) => name.endsWith('.css'));
  if (!style) throw new Error('The built renderer has no style sheet to show.');
  const [page] = await Promise.all([
    app.waitForEvent('window'),
    app.evaluate(
      ({ BrowserWindow }, { preload, url }) => {
        const window = new BrowserWindow({ webPreferences: { preload, sandbox: true, contextIsolation: true } });
        return window.loadURL(url);
      },
      { preload: join(out, 'preload/index.cjs'), url: `app://perch/assets/${style}` },
    ),
  ]);
  return page;
}

/** The transport of a page, used from the test: each message crosses the real preload and the real IPC. */
export async function openPageTransport(page: Page): Promise<Transport> {
  let onMessage: ((message: string) => void) | null = null;
  let onClose: (() => void) | null = null;
  const early: string[] = [];
  await page.exposeFunction('perchTestMessage', (message: string) => {
    if (onMessage) onMessage(message);
    else early.push(message);
  });
  await page.exposeFunction('perchTestClosed', () => onClose?.());
  await page.evaluate(() => {
    const globals = window as unknown as PageGlobals;
    globals.perchTransport.onMessage((message) => globals.perchTestMessage(message));
    globals.perchTransport.onClose(() => globals.perchTestClosed());
  });
  const inPage = (action: (message: string) => void, message = ''): void => {
    // A page that is gone takes nothing any more, as the transport's contract allows.
    page.evaluate(action, message).catch(() => {});
  };
  return {
    send: (message) => inPage((text) => (window as unknown as PageGlobals).perchTransport.send(text), message),
    onMessage: (listener) => {
      onMessage = listener;
      for (const message of early.splice(0)) listener(message);
    },
    onClose: (listener) => {
      onClose = listener;
    },
    close: () => inPage(() => (window as unknown as PageGlobals).perchTransport.close()),
    bufferedBytes: 0,
  };
}
