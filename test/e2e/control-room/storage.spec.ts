import { connectPhone, expect, sendFrame, test } from '../../helpers/control-room';

test('storage: a backup, a plan that only shows, and a session deleted after its name was typed', async ({
  controlRoom,
}) => {
  const { page } = controlRoom;
  const phone = await connectPhone(await controlRoom.scanQrCode(), 'ann');
  await sendFrame(phone, { text: 'one' });
  await page.getByRole('button', { name: 'Tools' }).click();
  await page.getByRole('menuitem', { name: 'Storage' }).click();
  const storage = page.getByTestId('storage');
  await expect(storage).toContainText('Free on the disk');
  await expect(storage).toContainText('No session has ended yet.');
  if (controlRoom.host === 'browser') {
    await storage.getByLabel('Name of the folder').fill('First');
    await storage.getByRole('button', { name: 'Back up now' }).click();
    await expect(storage.getByTestId('backup')).toHaveAttribute('data-state', 'done');
    await expect(storage.getByTestId('backup')).toContainText('backups/First');
  }
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Sessions' }).click();
  await page.getByRole('button', { name: 'Start new session' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Second');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByRole('banner').first()).toContainText('Second');

  await page.getByRole('button', { name: 'Tools' }).click();
  await page.getByRole('menuitem', { name: 'Storage' }).click();
  await storage.getByRole('button', { name: 'Show what would go' }).click();
  await expect(storage).toContainText('Nothing would go');
  await storage.getByLabel('Ended more than').fill('0');
  await storage.getByRole('button', { name: 'Show what would go' }).click();
  await expect(storage.getByTestId('retention-plan')).toContainText('1 session, 1 ');

  await storage.getByLabel('Session', { exact: true }).click();
  await page.getByRole('option', { name: /^Unnamed session/ }).click();
  const erase = storage.getByRole('button', { name: 'Delete for good' });
  await storage.getByLabel('Type “Unnamed session”').fill('Unnamed');
  await expect(erase).toBeDisabled();
  await storage.getByLabel('Type “Unnamed session”').fill('Unnamed session');
  await erase.click();
  await expect(storage).toContainText('No session has ended yet.');
  await expect(page.getByText('The session is deleted')).toBeVisible();
  await phone.client.close();
});
