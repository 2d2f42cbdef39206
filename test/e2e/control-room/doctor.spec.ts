import { expect, test } from '../../helpers/control-room';

test('the doctor climbs its ladder by itself, says each rung in a sentence, and runs again', async ({
  controlRoom,
}) => {
  const { page } = controlRoom;
  await controlRoom.scanQrCode();
  await page.getByRole('button', { name: 'Tools' }).click();
  await page.getByRole('menuitem', { name: 'Doctor' }).click();
  const doctor = page.getByTestId('doctor');
  await expect(doctor).toHaveAttribute('data-state', 'done');
  const rungs = page.getByTestId('doctor-check');
  expect(await rungs.count()).toBeGreaterThan(10);
  await expect(page.locator('[data-testid=doctor-check][data-id=plain]')).toHaveAttribute('data-state', 'ok');
  await expect(page.getByTestId('doctor-summary')).not.toBeEmpty();
  for (const mark of await rungs.getByRole('img').all()) {
    expect(await mark.getAttribute('aria-label')).toMatch(/In order|Look at this|Trouble|Not known/);
  }
  const before = await rungs.count();
  await page.getByRole('button', { name: 'Check again' }).first().click();
  await expect(doctor).toHaveAttribute('data-state', 'done');
  await expect(rungs).toHaveCount(before);
  // Nobody has scanned the code yet: the button brings it back.
  await page.locator('[data-id=arrived]').getByRole('button', { name: 'Show the QR code' }).click();
  await expect(page.getByTestId('qr')).toBeVisible();
});
