import { type Browser, type BrowserContextOptions, expect, type Locator, type Page } from '@playwright/test';
import type { HubProcess } from './hub-process';
import { drawScreen, exposeConnections, type Look, lookAt, phoneContext } from './share-browser';

interface SharePhone {
  /** Its screen can be shared, and is in this colour; null: it can share a camera only. */
  readonly colour: string | null;
  /** Where it opens the hub; by default from this machine itself. */
  readonly origin?: string;
  readonly context?: BrowserContextOptions;
}

/** A phone that is sending. */
export async function openSharePhone(
  browser: Browser,
  { ready }: HubProcess,
  name: string,
  { colour, origin = ready.https ?? '', context = {} }: SharePhone,
): Promise<Page> {
  const page = await (await phoneContext(browser, ['geolocation'], context)).newPage();
  if (colour !== null) await drawScreen(page, colour);
  await exposeConnections(page);
  await page.goto(`${origin}/join${new URL(ready.join).hash}`);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Next' }).tap();
  await page.getByRole('button', { name: 'Start' }).tap();
  await expect(page.getByTestId('link')).toHaveAttribute('data-state', 'connected');
  return page;
}

/** Shares from a phone as its carrier does. */
export async function share(phone: Page, what: 'This screen' | 'Back camera' | 'Front camera'): Promise<void> {
  await phone.getByRole('button', { name: 'Share', exact: true }).tap();
  await phone.getByRole('button', { name: what }).tap();
  await expect(phone.getByTestId('share-live')).toBeVisible();
}

/** A control room that shows its wall. */
export async function openWall(browser: Browser, { ready }: HubProcess): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await exposeConnections(page);
  await page.goto(ready.console);
  await page.getByText('Screens', { exact: false }).first().click();
  return page;
}

export const tileOf = (room: Page, name: string): Locator => room.getByTestId('tile').filter({ hasText: name });

/** Waits until the pictures of a tile change, and gives what the last one looks like. */
export async function expectMoving(picture: Locator, timeoutMs = 15_000): Promise<Look> {
  const prints = new Set<number>();
  await expect
    .poll(async () => prints.add((await lookAt(picture))?.print ?? -1).size, {
      timeout: timeoutMs,
      message: 'the picture moves',
    })
    .toBeGreaterThan(3);
  const look = await lookAt(picture);
  if (!look) throw new Error('It has stopped.');
  return look;
}
