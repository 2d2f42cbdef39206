import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, chromium, expect, type Page } from '@playwright/test';
import { startDesktop } from './electron-app';
import { findChromium, isChromiumSandboxed } from './find-chromium';
import { startHubProcess } from './hub-process';
import { removeFolder, temporaryFolder } from './temporary-folder';
import { WireClient } from './wire-client';

/** Where the control room runs: the desktop app's window, or a browser on a headless hub. */
export type RoomHost = 'desktop' | 'browser';

/** An open control room, signed in, with a hub of its own and nobody there yet. */
export interface ControlRoom {
  readonly host: RoomHost;
  readonly page: Page;
  /**
   * Scans the QR code, which an empty control room shows by itself, and closes it: for `connectPhone`.
   * @returns the address of `/pocket-parrot`, join key included
   */
  scanQrCode(): Promise<string>;
  /** Runs what starts an export and gives the file it ends in, whichever way this host saves files. */
  saveExport(start: () => Promise<void>): Promise<string>;
}

interface Opened {
  readonly page: Page;
  saveExport(start: () => Promise<void>): Promise<string>;
  close(): Promise<void>;
}

async function openDesktop(): Promise<Opened> {
  const folder = temporaryFolder();
  const { app, page } = await startDesktop(folder);
  return {
    page,
    saveExport: async (start) => {
      const filePath = join(folder, 'export.csv');
      await app.evaluate(({ dialog }, path) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
      }, filePath);
      await start();
      await expect(page.getByTestId('export-job')).toHaveAttribute('data-state', 'done');
      return readFileSync(filePath, 'utf8');
    },
    close: async () => {
      await app.close();
      removeFolder(folder);
    },
  };
}

async function openBrowser(): Promise<Opened> {
  const folder = temporaryFolder();
  const hub = await startHubProcess(folder);
  const browser = await chromium.launch({
    executablePath: findChromium(),
    chromiumSandbox: isChromiumSandboxed,
    args: ['--disable-background-networking'],
  });
  // The hub's own CA is not installed on this machine.
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(hub.ready.console);
  return {
    page,
    saveExport: async (start) => {
      const [download] = await Promise.all([page.waitForEvent('download'), start()]);
      const text = readFileSync(await download.path(), 'utf8');
      await expect(page.getByTestId('export-job')).toHaveAttribute('data-state', 'done');
      return text;
    },
    close: async () => {
      await browser.close();
      expect(await hub.stop(), 'exit code of the hub').toBe(0);
      removeFolder(folder);
    },
  };
}

/** Reads the address out of the QR code of a window that just opened, and closes the dialog. */
export async function scanQrCode(page: Page): Promise<string> {
  const qr = page.getByTestId('qr');
  const join = new URL((await qr.getAttribute('data-join-url')) ?? '');
  await page.keyboard.press('Escape');
  await expect(qr).toBeHidden();
  expect(`${join.protocol}${join.pathname}`).toBe('http:/join');
  return `ws://${join.host}/pocket-parrot?key=${new URLSearchParams(join.hash.slice(1)).get('k')}`;
}

/** A phone as any WebSocket program is one. */
export interface WsPhone {
  readonly client: WireClient;
  /** The hub's own id of it. */
  readonly deviceId: string;
}

/** Connects to an address of {@link ControlRoom.scanQrCode} and says who it is. */
export async function connectPhone(address: string, username: string): Promise<WsPhone> {
  const client = await WireClient.open(address);
  const welcome = await client.ask({ type: 'handshake', client: 'e2e', version: '1', username });
  expect(welcome.type).toBe('welcome');
  return { client, deviceId: String(welcome.deviceId) };
}

/** Sends one frame; it is on disk when this resolves. */
export async function sendFrame({ client }: WsPhone, data: Readonly<Record<string, unknown>>): Promise<void> {
  expect(await client.ask({ type: 'data', data })).toMatchObject({ type: 'ack' });
}

/** The same specs for every host: a Playwright project sets `roomHost`. */
export const test = base.extend<{ controlRoom: ControlRoom }, { roomHost: RoomHost }>({
  roomHost: ['desktop', { option: true, scope: 'worker' }],
  controlRoom: async ({ roomHost }, use) => {
    const opened = await (roomHost === 'desktop' ? openDesktop() : openBrowser());
    const { page } = opened;
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await use({
      host: roomHost,
      page,
      scanQrCode: () => scanQrCode(page),
      saveExport: (start) => opened.saveExport(start),
    });
    await opened.close();
    expect(complaints, 'errors in the console of the control room').toEqual([]);
  },
});

export { expect };
