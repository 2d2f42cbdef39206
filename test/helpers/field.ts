import { type Browser, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test';
import { createHubClient, type HubClient } from '../../src/common/contract/client';
import { openWebSocketTransport } from '../../src/renderer/control-room/connect/web-socket-transport';
import { type HubProcess, startHubProcess } from './hub-process';
import { startPhone } from './phone-page';
import { launchPhoneBrowser } from './share-browser';
import { removeFolder, temporaryFolder } from './temporary-folder';

/** Of `GET /api/v1/frames`. */
interface StoredFrame {
  readonly boot: string | null;
  readonly seq: number | null;
  readonly data: Readonly<Record<string, unknown>>;
}

export const HERE = { latitude: 47.6, longitude: -122.33, accuracy: 5 };

/** One hub, a Chromium whose microphone and camera are made up, and what tests ask of both. */
export class Field {
  readonly dataDir: string;
  readonly browser: Browser;
  #hub: HubProcess;

  private constructor(dataDir: string, browser: Browser, hub: HubProcess) {
    this.dataDir = dataDir;
    this.browser = browser;
    this.#hub = hub;
  }

  static async open(): Promise<Field> {
    const dataDir = temporaryFolder();
    return new Field(dataDir, await launchPhoneBrowser(), await startHubProcess(dataDir));
  }

  get hub(): HubProcess {
    return this.#hub;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.#hub.stop();
    removeFolder(this.dataDir);
  }

  /** Starts it again where it was, with the folder it had. */
  async restart(args: readonly string[] = []): Promise<void> {
    const { http, https } = this.#hub.ready;
    const ports = ['--port', new URL(http).port, '--tls-port', new URL(https ?? '').port];
    this.#hub = await startHubProcess(this.dataDir, [...ports, ...args]);
  }

  /** A phone at that address of the page, `null` for the secure one with the join key. */
  async openPage(url: string | null = null, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({
      viewport: { width: 390, height: 844 },
      isMobile: true,
      hasTouch: true,
      ignoreHTTPSErrors: true,
      geolocation: HERE,
      permissions: ['geolocation', 'microphone'],
      locale: 'en',
      ...options,
    });
    const page = await context.newPage();
    await page.goto(url ?? this.secureUrl(new URL(this.#hub.ready.join).hash));
    return page;
  }

  secureUrl(hash = ''): string {
    return `${this.#hub.ready.https}/join${hash}`;
  }

  /** A phone that sends, and was heard. */
  async openPhone(url: string | null = null, name = 'Ann'): Promise<Page> {
    const page = await this.openPage(url);
    await startPhone(page, name);
    await expect(page.getByTestId('delivered')).not.toHaveText('0', { timeout: 30_000 });
    return page;
  }

  /** The operator, without a control room. */
  async operator(): Promise<HubClient> {
    const { http, adminKey } = this.#hub.ready;
    return createHubClient(await openWebSocketTransport(`${http.replace('http', 'ws')}/console`, adminKey));
  }

  /** The control room itself. */
  async openRoom(): Promise<Page> {
    const context = await this.browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.goto(this.#hub.ready.console);
    return page;
  }

  /** All that is stored, in the order of the log; up to 1,000. */
  async frames(): Promise<readonly StoredFrame[]> {
    const answer = await fetch(`${this.#hub.ready.http}/api/v1/frames?limit=1000`, {
      headers: { authorization: `Bearer ${this.#hub.ready.viewerKey}` },
    });
    return ((await answer.json()) as { items: StoredFrame[] }).items;
  }
}

/** Holds the SOS button for as long as it takes. */
export async function holdSos(page: Page): Promise<void> {
  const button = page.locator('.hold');
  await button.hover();
  await page.mouse.down();
  await expect(button).toHaveAttribute('data-holding', 'true');
  await expect(button).toHaveAttribute('data-holding', 'false', { timeout: 5_000 });
  await page.mouse.up();
}

export const test = base.extend<{ field: Field }>({
  field: async ({ browserName: _browserName }, use) => {
    const field = await Field.open();
    await use(field);
    await field.close();
  },
});

export { expect };
