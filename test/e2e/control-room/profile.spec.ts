import { expect, test } from '../../helpers/control-room';
import { WireClient } from '../../helpers/wire-client';

test('what phones send: a preset reaches the page that is there, and is in force the next time', async ({
  controlRoom,
}) => {
  const { page } = controlRoom;
  const phone = await WireClient.open(await controlRoom.scanQrCode());
  await phone.ask({ type: 'handshake', username: 'ann', protocol: 1 });
  const openTool = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Tools' }).click();
    await page.getByRole('menuitem', { name: 'What phones send' }).click();
  };
  await openTool();
  await expect(page.getByRole('radio', { name: 'Normal' })).toBeChecked();
  await page.getByRole('radio', { name: 'Save battery' }).click();
  await page.getByRole('button', { name: 'Apply to all phones' }).click();
  await expect(page.getByText('1 phone was told at once')).toBeVisible();
  await phone.until(() => phone.received.some(({ intervalMs }) => intervalMs === 10_000));

  await openTool();
  await expect(page.getByRole('radio', { name: 'Save battery' })).toBeChecked();
  await page.getByRole('radio', { name: 'Custom' }).click();
  await page.getByLabel('Orientation').check();
  await page.getByLabel('A frame every').fill('2.5');
  await page.getByRole('button', { name: 'Apply to all phones' }).click();
  await phone.until(() => phone.received.some(({ intervalMs }) => intervalMs === 2500));
  expect(phone.received.at(-1)).toMatchObject({ type: 'config', sensors: ['gps', 'orientation'] });
  await phone.close();
});
