import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { type ControlRoom, connectPhone, expect, sendFrame, test } from '../../helpers/control-room';

const DIALOG = '[role=dialog]';

/** Nothing serious by axe-core in a part of the page, in light and in dark. */
async function expectAccessible(page: Page, part: string, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    // A window of Electron opens no page for axe to finish in.
    const { violations } = await new AxeBuilder({ page }).include(part).setLegacyMode().analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(
      serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
      `${what}, ${colorScheme}`,
    ).toEqual([]);
  }
}

const rowOf = ({ page }: ControlRoom, deviceId: string) =>
  page.locator(`[data-testid=roster-row][data-device-id="${deviceId}"]`);

/** Chooses an action of the person whose details are open. */
async function choose(page: Page, action: string): Promise<void> {
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

test('a phone waits, calls for help before it is let in, and is approved', async ({ controlRoom }) => {
  const { page } = controlRoom;
  const address = await controlRoom.scanQrCode();
  await page.getByRole('button', { name: 'Tools' }).click();
  await page.getByRole('menuitem', { name: 'Who gets in' }).click();
  await page.getByRole('switch', { name: 'Approve new phones first' }).click({ force: true });
  await expect(page.getByRole('switch', { name: 'Approve new phones first' })).toBeChecked();
  await expectAccessible(page, DIALOG, 'who gets in');
  await page.keyboard.press('Escape');

  const phone = await connectPhone(address, 'Mara');
  const card = page.getByTestId('waiting-card');
  await expect(card).toContainText('Mara');
  expect(await phone.client.ask({ type: 'sos', active: true, text: 'my leg' })).toMatchObject({
    code: 'pending_approval',
  });
  await expect(page.getByText('waits to be let in, and calls for help: my leg').first()).toBeVisible();
  await expectAccessible(page, '[data-testid=waiting]', 'a phone that waits');
  await page.getByRole('button', { name: 'Approve Mara' }).click();
  expect(await phone.client.next()).toMatchObject({ type: 'welcome', state: 'active' });
  await expect(card).toBeHidden();
  await expect(page.getByText('waits to be let in, and calls for help')).toBeHidden();
  await sendFrame(phone, { text: 'in' });
  await expect(rowOf(controlRoom, phone.deviceId)).toBeVisible();
  await phone.client.close();
});

test('colour and note, keys revoked, and a person erased after their name was typed', async ({ controlRoom }) => {
  const { page } = controlRoom;
  const address = await controlRoom.scanQrCode();
  const phone = await connectPhone(address, 'Jonas');
  const other = await connectPhone(address, 'Stays');
  await sendFrame(phone, { text: 'hello' });
  await sendFrame(other, { text: 'hello' });
  const row = rowOf(controlRoom, phone.deviceId);
  await row.click();

  await choose(page, 'Settings…');
  const settings = page.getByRole('dialog', { name: 'Settings of Jonas' });
  await settings.getByRole('radio', { name: 'Colour 5' }).check({ force: true });
  await settings.getByRole('textbox', { name: 'Note' }).fill('Team 2, channel 7');
  await expectAccessible(page, DIALOG, 'settings of a person');
  await settings.getByRole('button', { name: 'Save' }).click();
  await expect(settings).toBeHidden();
  // Saved, and told to everybody: what is opened before then shows what was.
  await expect(page.getByTestId('note')).toHaveText('Team 2, channel 7');
  await choose(page, 'Settings…');
  await expect(settings.getByRole('radio', { name: 'Colour 5' })).toBeChecked();
  await expect(settings.getByRole('textbox', { name: 'Note' })).toHaveValue('Team 2, channel 7');
  await page.keyboard.press('Escape');
  await expect(settings).toBeHidden();

  await choose(page, 'Revoke keys…');
  await expectAccessible(page, DIALOG, 'revoke');
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke keys' }).click();
  expect((await phone.client.closed).code).toBe(4003);
  await expect(row.getByTestId('revoked-badge')).toBeVisible();
  await expect(row).toHaveAttribute('aria-label', /^Jonas, keys revoked, /);

  await choose(page, 'Erase data…');
  const erasing = page.getByRole('dialog', { name: 'Erase the data of Jonas' });
  const erase = erasing.getByRole('button', { name: 'Erase for good' });
  await erasing.getByLabel('Type “Jonas” to erase').fill('Jon');
  await expect(erase).toBeDisabled();
  await erasing.getByLabel('Type “Jonas” to erase').fill('Jonas');
  await expectAccessible(page, DIALOG, 'erase');
  await erase.click();
  await expect(page.getByText('One person’s data is erased')).toBeVisible();
  await expect(page.getByText('Gone: 1 frame, 0 media files, 0 recordings.')).toBeVisible();
  await expect(erasing).toBeHidden();
  await expect(row).toBeHidden();
  await expect(rowOf(controlRoom, other.deviceId)).toBeVisible();
  await other.client.close();
});
