import { expect, test } from '../../helpers/control-room';

test('a drill: from the form to one sentence, and nobody in the session', async ({ controlRoom }) => {
  const { page } = controlRoom;
  await controlRoom.scanQrCode();
  await page.getByRole('button', { name: 'Tools' }).click();
  await page.getByRole('menuitem', { name: 'Drill' }).click();
  const drill = page.getByTestId('drill');
  await expect(drill).toContainText('No drill has run yet.');
  await drill.getByText('A number of phones').click();
  await drill.getByLabel('Phones', { exact: true }).fill('5');
  await drill.getByLabel('For', { exact: true }).fill('3');
  await drill.getByLabel('Messages lost').fill('10');
  await drill.getByRole('button', { name: 'Start drill' }).click();
  await expect(drill).toHaveAttribute('data-state', 'running');
  await expect(drill.getByRole('progressbar', { name: 'Progress of the drill' })).toBeVisible();
  await expect(drill).toHaveAttribute('data-state', 'done', { timeout: 30_000 });
  await expect(drill.getByTestId('drill-sentence')).toContainText('The hub took all 15 frames from 5 phones');

  await drill.getByText('Find the capacity').click();
  await drill.getByRole('button', { name: 'Start drill' }).click();
  await expect(drill).toHaveAttribute('data-state', 'running');
  await drill.getByRole('button', { name: 'Stop drill' }).click();
  await expect(drill).toHaveAttribute('data-state', 'stopped', { timeout: 30_000 });
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('roster-row')).toHaveCount(0);
});
