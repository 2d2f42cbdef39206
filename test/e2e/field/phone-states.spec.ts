import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, type Field, holdSos, test } from '../../helpers/field';
import { startPhone } from '../../helpers/phone-page';

const PHOTO = join(import.meta.dirname, '../../fixtures/photo.jpg');
const SMALL = { viewport: { width: 320, height: 568 } };
/** WCAG 2.2, 2.5.5; a glove is bigger still, px. */
const TARGET_PX = 44;

/** Everything to press that is smaller than a finger, by what it says. */
const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate((least) => {
    const top = document.querySelector('dialog[open]') ?? document;
    const all = [
      ...top.querySelectorAll<HTMLElement>('button, a[href], summary, select, label:has(input), textarea, input'),
    ];
    return all
      .filter((element) => !element.closest('label') || element.matches('label'))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ element, box }) => box.width > 0 && getComputedStyle(element).visibility === 'visible')
      .filter(({ box }) => box.width < least || box.height < least)
      .map(({ element, box }) => `${element.textContent || element.ariaLabel} ${box.width} x ${box.height}`);
  }, TARGET_PX);

/** By axe-core and by measure. */
async function expectUsable(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
  expect.soft(serious, what).toEqual([]);
  expect.soft(await smallTargets(page), `${what}: smaller than ${TARGET_PX} px`).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect.soft(overflow, `${what}: wider than the screen`).toBeLessThanOrEqual(0);
}

async function onlyDevice(field: Field): Promise<string> {
  const { http, viewerKey } = field.hub.ready;
  const answer = await fetch(`${http}/api/v1/devices?key=${viewerKey}`);
  const [device] = ((await answer.json()) as { items: { id: string }[] }).items;
  return device?.id ?? '';
}

test('the states and sheets of a small phone are accessible, and all there is to press is big enough', async ({
  field,
}) => {
  test.setTimeout(120_000);
  const operator = await field.operator();
  await operator.request('access.set', { approveFirst: true });
  const page = await field.openPage(null, SMALL);
  await expectUsable(page, 'you');
  await page.getByRole('button', { name: 'Phone check' }).tap();
  await expect(page.getByTestId('rung-reach')).toHaveAttribute('data-state', 'ok');
  await expectUsable(page, 'check before start');
  await page.getByRole('button', { name: 'Close' }).tap();
  await startPhone(page);
  await expect(page.getByTestId('pending')).toBeVisible();
  await expectUsable(page, 'pending');
  const menu = async (item: RegExp): Promise<void> => {
    await page.getByRole('button', { name: 'Menu' }).tap();
    await page.getByRole('button', { name: item }).tap();
  };
  await menu(/^What was never sent/);
  await page.getByText('What goes first').tap();
  await expect(page.getByTestId('goes-first')).toContainText('Never: texts, answers and SOS.');
  await expectUsable(page, 'unsent');
  await page.getByRole('button', { name: 'Discard' }).tap();
  await expectUsable(page, 'discard');
  await page.getByRole('button', { name: 'Cancel' }).tap();
  await page.getByRole('button', { name: 'Close' }).tap();
  const { waiting } = await operator.request('access.get', {});
  await operator.request('access.approve', { deviceId: waiting[0]?.deviceId ?? '' });
  await expect(page.getByTestId('pending')).toBeHidden();
  await page.getByRole('button', { name: 'Text' }).tap();
  await expectUsable(page, 'text');
  await page.getByRole('button', { name: 'Close' }).tap();
  await page.locator('input[type=file]').setInputFiles(PHOTO);
  await expect(page.getByLabel('Caption')).toBeVisible();
  await expectUsable(page, 'photo');
  await page.getByRole('button', { name: 'Close' }).tap();
  await page.getByRole('button', { name: 'Share', exact: true }).tap();
  await expect(page.getByTestId('share-choice')).toBeVisible();
  await expectUsable(page, 'share');
  await page.getByTestId('share-choice').getByRole('button', { name: 'Cancel' }).tap();
  await menu(/^Black screen/);
  await expectUsable(page, 'dark');
  await page.getByTestId('dark').press('Enter');
  await expect(page.getByTestId('delivered')).not.toHaveText('0');
  await operator.request('device.kick', { deviceId: await onlyDevice(field), reason: 'Call me' });
  await expect(page.getByTestId('link')).toHaveAttribute('data-state', 'closed');
  await holdSos(page);
  await expectUsable(page, 'removed');
  // Who calls for help and loads the page again sees the call, and can end it.
  await page.reload();
  await expect(page.getByTestId('sos')).toContainText('SOS not sent yet');
  await expect(page.getByText('End SOS')).toBeVisible();
  await expect(page.getByRole('button', { name: 'What was never sent' })).toBeVisible();
  await expectUsable(page, 'consent with an SOS');
});

test('lite on a small phone: the check, a photo by file input, an SOS, and its end after Stop', async ({ field }) => {
  const page = await field.openPage(field.hub.ready.join, { ...SMALL, permissions: [], ignoreHTTPSErrors: false });
  await page.getByRole('button', { name: 'Begin' }).tap();
  await page.getByRole('button', { name: 'Phone check' }).tap();
  await expect(page.getByTestId('rung-reach')).toHaveAttribute('data-state', 'ok');
  await expectUsable(page, 'check while joining');
  await page.getByRole('button', { name: 'Close' }).tap();
  await page.getByRole('button', { name: 'Continue without' }).tap();
  await page.getByRole('button', { name: 'Only text, photos and SOS' }).tap();
  await startPhone(page);
  await expect(page.getByTestId('lite')).toBeVisible();
  await page.locator('input[type=file]').setInputFiles(PHOTO);
  await page.getByRole('button', { name: 'Send photo' }).tap();
  await expect.poll(async () => (await field.frames()).filter(({ data }) => data.photo).length).toBe(1);
  await holdSos(page);
  await expect(page.getByTestId('sos')).toHaveAttribute('data-state', 'stored');
  await page.getByRole('button', { name: 'Stop', exact: true }).tap();
  await expectUsable(page, 'lite stopped with an SOS');
  // The button goes with the call that it ends.
  await page.locator('.hold').hover();
  await page.mouse.down();
  await expect(page.getByTestId('sos-over')).toContainText('The laptop knows');
  await page.mouse.up();
});

test('a page whose hub is gone says so', async ({ field }) => {
  const page = await field.openPage('about:blank', SMALL);
  await page.route('**/ca.json', (route) => route.abort());
  await page.goto(`${new URL(field.hub.ready.join).origin}/join`);
  await expect(page.getByRole('heading', { name: 'The hub does not answer' })).toBeFocused();
  await expectUsable(page, 'no hub');
});
