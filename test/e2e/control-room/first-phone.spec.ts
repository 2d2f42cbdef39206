import { parse } from 'csv-parse/sync';
import { connectPhone, expect, sendFrame, test } from '../../helpers/control-room';

const POSITIONS = [
  { latitude: 47.6112, longitude: -122.3246, accuracy: 8 },
  { latitude: 47.6113, longitude: -122.3247, accuracy: 7 },
  { latitude: 47.6114, longitude: -122.3248, accuracy: 6 },
];

/** A red PNG of one pixel. */
const ONE_PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

test('a phone appears, is renamed, and its frames leave as CSV', async ({ controlRoom }) => {
  const { page } = controlRoom;
  await expect(page.getByTestId('hub-link')).toHaveAttribute('data-kind', 'online');
  await expect(page.getByText('Nobody is here yet')).toBeVisible();
  const address = await controlRoom.scanQrCode();

  await page.getByRole('button', { name: 'Session: rename, start, stop' }).click();
  await page.getByRole('menuitem', { name: 'Start new session' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('North ridge');
  await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click();
  await expect(page.getByTestId('session')).toContainText('North ridge');

  const phone = await connectPhone(address, 'ann');
  for (const gps of POSITIONS) await sendFrame(phone, { timestamp: new Date().toISOString(), gps, battery: 0.81 });

  const row = page.getByTestId('roster-row');
  await expect(row).toHaveAttribute('data-device-id', phone.deviceId);
  await expect(row).toContainText('ann');
  await expect(row.getByTestId('frames')).toHaveText('3');
  await expect(row.getByTestId('battery')).toHaveText('81%');
  const marker = page.getByTestId('marker');
  await expect(marker).toHaveAttribute('data-device-id', phone.deviceId);
  await expect(marker).toHaveAttribute('data-lat', '47.6114');
  await expect(marker).toHaveAttribute('data-lng', '-122.3248');

  await row.click();
  const detail = page.getByTestId('detail');
  await detail.getByRole('button', { name: 'Rename' }).click();
  await detail.getByLabel('Name').fill('Ann, team 2');
  await page.keyboard.press('Enter');
  await expect(row).toContainText('Ann, team 2');

  await page.getByRole('button', { name: 'Sessions' }).click();
  const session = page.getByTestId('session-row').filter({ hasText: 'North ridge' });
  const text = await controlRoom.saveExport(() => session.getByRole('button', { name: 'Export CSV' }).click());
  const rows = parse<Record<string, string>>(text, { columns: true });
  expect(rows.map((each) => [each.session_name, each.device_id, each.device_name, each.latitude_deg])).toEqual(
    POSITIONS.map(({ latitude }) => ['North ridge', phone.deviceId, 'Ann, team 2', String(latitude)]),
  );
  await phone.client.close();
  await expect(row).toHaveAttribute('data-presence', 'offline');
});

test('a reload finds everything again', async ({ controlRoom }) => {
  const { page } = controlRoom;
  const phone = await connectPhone(await controlRoom.scanQrCode(), 'ben');
  await sendFrame(phone, { gps: POSITIONS[0] });
  await expect(page.getByTestId('marker')).toHaveAttribute('data-lat', '47.6112');
  await page.reload();
  await expect(page.getByTestId('hub-link')).toHaveAttribute('data-kind', 'online');
  await expect(page.getByTestId('roster-row')).toContainText('ben');
  await sendFrame(phone, { gps: POSITIONS[1] });
  await expect(page.getByTestId('marker')).toHaveAttribute('data-lat', '47.6113');
  await phone.client.close();
});

test('a photo is shown, and leaves the frame', async ({ controlRoom }) => {
  const { page } = controlRoom;
  const phone = await connectPhone(await controlRoom.scanQrCode(), 'eve');
  await sendFrame(phone, { gps: POSITIONS[0], photoBase64: `data:image/png;base64,${ONE_PIXEL}` });
  await page.getByTestId('roster-row').click();
  const photo = page.getByTestId('last-photo');
  await expect(photo).toBeVisible();
  await expect.poll(() => photo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  await phone.client.close();
});
