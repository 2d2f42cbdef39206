import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { connectPhone, expect, sendFrame, test } from '../../helpers/control-room';

// Nothing of it is the host's: once is enough.
test.use({ roomHost: 'browser' });

/** Nothing serious by axe-core in a part of the page, in light and in dark. */
async function expectAccessible(page: Page, part: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    const { violations } = await new AxeBuilder({ page }).include(part).setLegacyMode().analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
}

const chosen = async (dialog: Locator, name: string): Promise<void> => {
  await dialog.getByRole('radio', { name }).check();
  await dialog.getByRole('button', { name: `Merge ${name} into` }).click();
  await expect(dialog).toBeHidden();
};

test('two pages of one phone are merged, undone from the toast, merged again and taken apart in the details', async ({
  controlRoom,
}) => {
  const { page } = controlRoom;
  const address = await controlRoom.scanQrCode();
  const [mara, lite, other] = [
    await connectPhone(address, 'Mara'),
    await connectPhone(address, 'Mara'),
    await connectPhone(address, 'Jonas'),
  ];
  await sendFrame(mara, { gps: { latitude: 47.1, longitude: 8.1 } });
  await sendFrame(lite, { gps: { latitude: 47.2, longitude: 8.2 } });
  await sendFrame(other, { text: 'hello' });
  const row = (deviceId: string) => page.locator(`[data-testid=roster-row][data-device-id="${deviceId}"]`);
  await row(mara.deviceId).click();
  const open = async (): Promise<Locator> => {
    await page.getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name: 'Merge with…' }).click();
    return page.getByRole('dialog', { name: 'Merge somebody into Mara' });
  };

  const dialog = await open();
  await expect(dialog.getByRole('radio').first()).toHaveAccessibleName('Mara (2)');
  await dialog.getByLabel('Search people').fill('jon');
  await expect(dialog.getByTestId('merge-choice')).toHaveCount(1);
  await dialog.getByLabel('Search people').fill('');
  await expectAccessible(page, '[role=dialog]');
  await chosen(dialog, 'Mara (2)');
  await expect(row(lite.deviceId)).toBeHidden();
  const merged = page.getByTestId('merged');
  await expect(merged).toContainText('Mara (2)');
  await expectAccessible(page, '[data-testid=detail]');
  await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click();
  await expect(row(lite.deviceId)).toBeVisible();
  await expect(merged).toBeHidden();

  await chosen(await open(), 'Mara (2)');
  await expect(row(lite.deviceId)).toBeHidden();
  await merged.getByRole('button', { name: 'Take Mara (2) apart' }).click();
  await expect(row(lite.deviceId)).toBeVisible();
  for (const { client } of [mara, lite, other]) await client.close();
});
