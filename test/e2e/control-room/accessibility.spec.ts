import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { connectPhone, expect, sendFrame, test } from '../../helpers/control-room';

/** A dialog: what is pressed to open it, and what is in it when it is there. */
interface Way {
  readonly name: string;
  readonly opener: (page: Page) => Locator;
  /** Of the menu that the opener opens; null: the opener opens the dialog. */
  readonly item: string | null;
}

const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name });
const tool = (item: string): Way => ({ name: item, opener: button('Tools'), item });
const ofSession = (item: string): Way => ({ name: item, opener: button('Session: rename, start, stop'), item });
const ofPerson = (item: string): Way => ({ name: item, opener: button('Actions'), item });

const WAYS: readonly Way[] = [
  { name: 'Pair phones', opener: button('Pair phones'), item: null },
  { name: 'Sessions', opener: button('Sessions'), item: null },
  { name: 'Message to everybody', opener: button('Message to everybody'), item: null },
  ofSession('Start new session…'),
  ofSession('Stop this session…'),
  ofPerson('Send message…'),
  ofPerson('Settings…'),
  ofPerson('Remove from session…'),
  ofPerson('Revoke keys…'),
];

/** @param within what of the page is looked at: what lies below a dialog was before */
async function expectAccessible(page: Page, what: string, within = 'body'): Promise<void> {
  // Legacy: the window of the desktop app opens no second page for it.
  const { violations } = await new AxeBuilder({ page }).include(within).setLegacyMode().analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`) }));
  expect.soft(serious, what).toEqual([]);
}

/** By keyboard alone: opens it, looks at it, closes it with Escape, and the focus is back where it was. */
async function expectDialog(page: Page, { name, opener, item }: Way): Promise<void> {
  await opener(page).focus();
  await page.keyboard.press('Enter');
  if (item !== null) {
    // A menu that opens takes the focus: until then it would take it away again.
    const hasFocus = (menu: HTMLElement | SVGElement): boolean => menu.contains(document.activeElement);
    await expect.poll(() => page.getByRole('menu').evaluate(hasFocus), `${name}: focus in the menu`).toBe(true);
    await page.getByRole('menuitem', { name: item }).press('Enter');
  }
  const dialog = page.getByRole('dialog');
  await expect(dialog, name).toBeVisible();
  await expect(dialog.locator('.mantine-Loader-root'), name).toHaveCount(0);
  await expect
    .poll(() => dialog.evaluate((element) => element.contains(document.activeElement)), `${name}: focus inside`)
    .toBe(true);
  await expectAccessible(page, name, '[role=dialog]');
  await page.keyboard.press('Escape');
  await expect(dialog, name).toHaveCount(0);
  await expect.soft(opener(page), `${name}: focus back`).toBeFocused({ timeout: 2_000 });
}

/** The room with one person in it who calls for help. */
async function fill(page: Page, address: string): Promise<void> {
  const phone = await connectPhone(address, 'ann');
  const gps = { latitude: 47.6112, longitude: -122.3246, accuracy: 8 };
  await sendFrame(phone, { gps, battery: 0.12, weather: { temperature: 11.4, humidity: 81 } });
  await sendFrame(phone, { gps, objectsDetected: [{ class: 'backpack', score: 0.8 }], motion: { accelerationX: 1 } });
  expect(await phone.client.ask({ type: 'sos', active: true, text: 'Broken leg' })).toMatchObject({ type: 'ack' });
  await page.getByTestId('sos-banner').waitFor();
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing serious by axe-core, and all by keyboard: ${colorScheme}`, async ({ controlRoom }) => {
    test.setTimeout(300_000);
    const { page } = controlRoom;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    const address = await controlRoom.scanQrCode();
    await expectAccessible(page, 'nobody there');
    await fill(page, address);
    await page.getByTestId('roster-row').click();
    await page.getByTestId('custody-sentence').waitFor();
    await expectAccessible(page, 'map and details');
    for (const view of ['Screens', 'Both']) {
      await page.getByText(view, { exact: true }).click();
      await expectAccessible(page, view);
    }
    await page.getByRole('button', { name: /^Alerts/ }).click();
    await expectAccessible(page, 'alerts', '[role=dialog]');
    await page.keyboard.press('Escape');

    await button('Tools')(page).click();
    await expectAccessible(page, 'menu of the tools', '[role=menu]');
    const items = await page.getByRole('menuitem').allTextContents();
    expect(items.length).toBeGreaterThan(7);
    await page.keyboard.press('Escape');
    for (const way of [...WAYS, ...items.map(tool)]) await expectDialog(page, way);
  });
}
