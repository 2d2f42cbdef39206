import { connectPhone, expect, sendFrame, test, type WsPhone } from '../../helpers/control-room';

const GPS = { latitude: 47.6112, longitude: -122.3246, accuracy: 8 };
const frame = (seq: number) => ({ seq, data: { timestamp: new Date().toISOString(), gps: GPS } });

/** Sends frames of one boot; they are settled when this resolves. */
async function sendBatch({ client }: WsPhone, seqs: readonly number[]): Promise<void> {
  expect(await client.ask({ type: 'batch', boot: 'walk', frames: seqs.map(frame) })).toMatchObject({ type: 'ack' });
}

test('what came of every frame is told in one sentence, and in the certificate', async ({ controlRoom }) => {
  const { page } = controlRoom;
  const phone = await connectPhone(await controlRoom.scanQrCode(), 'ann');
  await sendBatch(phone, [1, 2, 3]);
  await sendBatch(phone, [2, 7]);
  phone.client.send({ type: 'status', battery: 0.5, charging: true, visibility: 'visible', queued: 0, captured: 7 });
  await page.getByTestId('roster-row').click();
  const detail = page.getByTestId('detail');
  const sentence = detail.getByTestId('custody-sentence');
  await expect(sentence).toHaveText('3 missing: 4 to 6.');
  await expect(sentence).toHaveAttribute('data-tone', 'lost');
  await expect(detail.getByTestId('missing-ranges')).toHaveText('4 to 6');
  await expect(detail.getByTestId('custody')).toContainText('Came twice1');
  await expect(detail).toContainText('Charging50%');

  // The hole closes while the panel is open: nothing has to be pressed.
  await sendBatch(phone, [4, 5]);
  phone.client.send({ type: 'status', queued: 1, captured: 7 });
  await expect(sentence).toHaveText('1 missing: 6. 1 still on the phone.');
  await sendBatch(phone, [6]);
  phone.client.send({ type: 'status', queued: 0, captured: 7 });
  await expect(sentence).toHaveText('All 7 frames that the phone captured are stored.');
  await expect(sentence).toHaveAttribute('data-tone', 'whole');

  await sendBatch(phone, [9]);
  await page.getByRole('button', { name: 'Sessions' }).click();
  await page.getByTestId('session-row').getByRole('button', { name: 'Certificate' }).click();
  const certificate = page.getByTestId('certificate');
  await expect(certificate.getByRole('heading', { level: 2 })).toHaveText('1 person, 8 frames stored. 1 missing.');
  await expect(certificate.getByRole('row', { name: /ann/ })).toHaveAttribute('data-device-id', phone.deviceId);
  await expect(certificate.getByRole('listitem')).toHaveText('ann, count walk: 8');
  await phone.client.close();
});

test('a call for help cannot be overlooked, until the phone ends it', async ({ controlRoom }) => {
  const { page } = controlRoom;
  const phone = await connectPhone(await controlRoom.scanQrCode(), 'eve');
  await sendFrame(phone, { gps: GPS });
  expect(await phone.client.ask({ type: 'sos', active: true, text: 'Broken leg' })).toMatchObject({ type: 'ack' });
  const banner = page.getByTestId('sos-banner');
  await expect(banner).toContainText('SOS: eve calls for help');
  await expect(banner).toContainText('“Broken leg”');
  await expect(page.getByRole('alert')).toHaveCount(1);
  await expect(page.getByTestId('sos-badge')).toBeVisible();
  await expect(page.getByTestId('marker')).toHaveAttribute('data-sos', 'true');
  await banner.getByRole('button', { name: 'Show on map' }).click();
  await expect(page.getByTestId('detail')).toHaveAttribute('data-device-id', phone.deviceId);

  expect(await phone.client.ask({ type: 'sos', active: false })).toMatchObject({ type: 'ack' });
  await expect(banner).toBeHidden();
  await expect(page.getByTestId('sos-badge')).toBeHidden();
  await expect(page.getByTestId('marker')).toHaveAttribute('data-sos', 'false');
  await phone.client.close();
});

test('a phone is removed, with the reason it is told', async ({ controlRoom }) => {
  const { page } = controlRoom;
  const phone = await connectPhone(await controlRoom.scanQrCode(), 'mallory');
  await sendFrame(phone, { gps: GPS });
  await page.getByTestId('roster-row').click();
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Remove from session' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('Not one of us');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  expect(await phone.client.closed).toMatchObject({ code: 4003 });
  await expect(page.getByTestId('roster-row')).toHaveAttribute('data-presence', 'offline');
});

test('a call for help rings until somebody has seen it, and is listed until it ends; then it is among the earlier ones', async ({
  controlRoom,
}) => {
  const { page } = controlRoom;
  await page.evaluate(() => {
    const rung = { tones: 0 };
    Object.assign(window, { rung });
    const create: () => OscillatorNode = Reflect.get(AudioContext.prototype, 'createOscillator');
    AudioContext.prototype.createOscillator = new Proxy(create, {
      apply: (made, context: AudioContext) => {
        rung.tones += 1;
        return made.call(context);
      },
    });
  });
  const tones = () => page.evaluate(() => (window as unknown as { rung: { tones: number } }).rung.tones);
  const phone = await connectPhone(await controlRoom.scanQrCode(), 'eve');
  await sendFrame(phone, { gps: GPS });
  expect(await phone.client.ask({ type: 'sos', active: true, text: 'Broken leg' })).toMatchObject({ type: 'ack' });
  const banner = page.getByTestId('sos-banner');
  await expect.poll(tones).toBeGreaterThan(6);
  await banner.getByRole('button', { name: 'Seen' }).click();
  await expect(banner).toContainText('Seen 0 s ago');
  await expect(banner).toHaveAttribute('data-seen', 'true');
  await expect(banner.getByRole('button', { name: 'Seen' })).toBeHidden();
  const silent = await tones();
  await page.getByRole('button', { name: 'No new alerts' }).click();
  await expect(page.getByText('eve calls for help: Broken leg', { exact: true })).toBeVisible();
  expect(await phone.client.ask({ type: 'sos', active: false })).toMatchObject({ type: 'ack' });
  await expect(banner).toBeHidden();
  await expect(page.getByTestId('past-alerts')).toContainText('eve calls for help: Broken leg');
  expect(await tones()).toBe(silent);
  await phone.client.close();
});
