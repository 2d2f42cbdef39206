import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, type Field, holdSos, test } from '../../helpers/field';
import { countOf, startPhone } from '../../helpers/phone-page';
import { startSocketRefusingProxy } from '../../helpers/socket-refusing-proxy';

const PHOTO = join(import.meta.dirname, '../../fixtures/photo.jpg');

const sosFrames = async (field: Field) => (await field.frames()).filter(({ data }) => data.captureMethod === 'sos');

test('SOS by hold: on the laptop at once, stored once; its end waits for a hub that is away', async ({ field }) => {
  const phone = await field.openPhone();
  const room = await field.openRoom();
  await holdSos(phone);
  await expect(phone.getByTestId('sos')).toHaveAttribute('data-state', 'stored');
  await expect(room.getByTestId('sos-badge')).toBeVisible();
  expect(await sosFrames(field)).toHaveLength(1);

  await field.hub.stop('SIGKILL');
  await expect(phone.getByTestId('link')).not.toHaveAttribute('data-state', 'connected');
  await holdSos(phone);
  await expect(phone.getByTestId('sos-over')).toContainText('will be told');
  // An SOS holds over a reload, and so does its end.
  await field.restart();
  await expect(phone.getByTestId('sos-over')).toContainText('The laptop knows', { timeout: 30_000 });
  expect(await sosFrames(field)).toHaveLength(2);
});

test('SOS while the hub is away is queued, says so, and arrives once when it is back', async ({ field }) => {
  const phone = await field.openPhone();
  await field.hub.stop('SIGKILL');
  await expect(phone.getByTestId('link')).not.toHaveAttribute('data-state', 'connected');
  await holdSos(phone);
  await expect(phone.getByTestId('sos')).toHaveAttribute('data-state', 'queued');
  await field.restart();
  await expect(phone.getByTestId('sos')).toHaveAttribute('data-state', 'stored', { timeout: 30_000 });
  expect(await sosFrames(field)).toHaveLength(1);
  const room = await field.openRoom();
  await expect(room.getByTestId('sos-badge')).toBeVisible();
});

test('where wss is refused, SOS goes by requests, and a message of the operator comes by the event stream', async ({
  field,
}) => {
  const leaf = (name: string): string => readFileSync(join(field.dataDir, 'tls', name), 'utf8');
  const tls = { cert: leaf('leaf.pem'), key: leaf('leaf-key.pem') };
  const proxy = await startSocketRefusingProxy(field.hub.ready.https ?? '', tls);
  const phone = await field.openPhone(`${proxy.origin}/join${new URL(field.hub.ready.join).hash}`);
  expect(proxy.refused()).toBeGreaterThanOrEqual(2);
  await holdSos(phone);
  await expect(phone.getByTestId('sos')).toHaveAttribute('data-state', 'stored', { timeout: 20_000 });
  expect(await sosFrames(field)).toHaveLength(1);
  const operator = await field.operator();
  await operator.request('message.send', { deviceId: null, text: 'Help is on its way' });
  await expect(phone.getByTestId('notice')).toContainText('Help is on its way');
  await phone.close();
  await proxy.stop();
});

test('a sound from the microphone and a photo with its caption are stored as such', async ({ field }) => {
  const phone = await field.openPhone();
  await phone.getByRole('button', { name: 'Sound' }).tap();
  await expect(phone.getByRole('timer')).toContainText('2');
  await phone.getByRole('button', { name: 'Send' }).tap();
  await expect(phone.getByTestId('audio-state')).toBeVisible();
  await phone.locator('input[type=file]').setInputFiles(PHOTO);
  await phone.getByLabel('Caption').fill('The bridge is out');
  await phone.getByRole('button', { name: 'Send photo' }).tap();
  await expect.poll(async () => (await field.frames()).filter(({ data }) => data.photo ?? data.audio).length).toBe(2);
  const stored = (await field.frames()).map(({ data }) => data);
  expect(stored.find(({ audio }) => audio)?.audio).toHaveProperty('mime', expect.stringMatching(/^audio\//));
  const photo = stored.find((data) => data.photo);
  expect(photo).toMatchObject({ text: 'The bridge is out', photo: { mime: 'image/jpeg' } });
  const [{ sha256, bytes } = { sha256: '', bytes: 0 }] = stored.flatMap(({ audio }) =>
    audio ? [audio as { sha256: string; bytes: number }] : [],
  );
  const file = await fetch(`${field.hub.ready.http}/api/v1/media/${sha256}?key=${field.hub.ready.viewerKey}`);
  expect((await file.arrayBuffer()).byteLength).toBe(bytes);
  expect(bytes).toBeGreaterThan(1_000);
});

/** The phone is turned all the time. */
const turn = (phone: Page): Promise<void> =>
  phone.evaluate(() => {
    let alpha = 0;
    setInterval(() => {
      alpha = (alpha + 1) % 360;
      const turned = { alpha, beta: 1, gamma: 1, absolute: true };
      window.dispatchEvent(new DeviceOrientationEvent('deviceorientationabsolute', turned));
    }, 40);
  });

test('what the operator sets changes rate and sensors of the phone at once', async ({ field }) => {
  const phone = await field.openPhone();
  await turn(phone);
  const operator = await field.operator();
  const { profile } = await operator.request('profile.get', {});
  const fast = { ...profile, intervalMs: 200, sensors: ['orientation'] } as const;
  expect(await operator.request('profile.set', { profile: fast })).toMatchObject({ told: 1 });
  await expect(phone.getByTestId('sensor-position')).toHaveAttribute('data-state', 'off');
  /** Between the last two frames of the device clock, ms. */
  const lastGapMs = async (): Promise<number> => {
    const [before, last] = (await field.frames()).slice(-2).map(({ data }) => Date.parse(String(data.timestamp)));
    return (last ?? 0) - (before ?? 0);
  };
  await expect.poll(lastGapMs).toBeLessThan(600);
  await operator.request('profile.set', { profile: { ...fast, intervalMs: 2_000 } });
  await expect.poll(lastGapMs).toBeGreaterThan(1_800);
  await operator.request('profile.set', { profile: { ...profile, sensors: ['gps'] } });
  await phone.getByText('More', { exact: true }).tap();
  await expect(phone.getByTestId('sensor-orientation')).toHaveAttribute('data-state', 'off');
  await expect(phone.getByTestId('sensor-position')).toHaveAttribute('data-state', 'on');
});

test('a phone that waits for approval says so, keeps all, and sends it once it is let in', async ({ field }) => {
  const operator = await field.operator();
  await operator.request('access.set', { approveFirst: true });
  const phone = await field.openPage();
  await startPhone(phone);
  await expect(phone.getByTestId('pending')).toBeVisible();
  await expect.poll(() => countOf(phone, 'waiting')).toBeGreaterThan(0);
  expect(await field.frames()).toEqual([]);
  const { waiting } = await operator.request('access.get', {});
  await operator.request('access.approve', { deviceId: waiting[0]?.deviceId ?? '' });
  await expect(phone.getByTestId('pending')).toBeHidden();
  await expect(phone.getByTestId('delivered')).not.toHaveText('0');
  expect((await field.frames()).length).toBeGreaterThan(0);
});

test('a personal QR code is the device it was made for; a typed code opens the page once', async ({ field }) => {
  const operator = await field.operator();
  const { keys } = await operator.request('key.makePersonal', { names: ['Ben'] });
  const link = new URL(keys[0]?.link ?? '');
  await field.openPhone(field.secureUrl(link.hash), 'Benjamin');
  const { code } = await operator.request('pairing.newCode', {});
  for (const isFirst of [true, false]) {
    const page = await field.openPage(field.secureUrl());
    await page.getByLabel('Code').fill(code?.code ?? '');
    await page.getByRole('button', { name: 'Use this code' }).tap();
    if (isFirst) {
      await startPhone(page, 'Eve');
      await expect(page.getByTestId('delivered')).not.toHaveText('0');
    } else await expect(page.getByRole('alert')).toContainText('wrong or too old');
  }
  const answer = await fetch(`${field.hub.ready.http}/api/v1/devices?key=${field.hub.ready.viewerKey}`);
  const { items } = (await answer.json()) as { items: { id: string; name: string; frames: number }[] };
  expect(items.map(({ name }) => name).sort()).toEqual(['Benjamin', 'Eve']);
  const bound = items.find(({ id }) => id === keys[0]?.info.deviceId);
  expect(bound).toMatchObject({ name: 'Benjamin' });
  expect(bound?.frames).toBeGreaterThan(0);
});

test('what was never sent is saved as a file and then discarded; the hub learns what it will never get', async ({
  field,
}) => {
  const phone = await field.openPhone();
  await field.hub.stop('SIGKILL');
  await expect(phone.getByTestId('link')).not.toHaveAttribute('data-state', 'connected');
  for (const text of ['one', 'two']) {
    await phone.getByRole('button', { name: 'Text' }).tap();
    await phone.getByLabel('Your text').fill(text);
    await phone.getByRole('button', { name: 'Send' }).tap();
  }
  await expect.poll(() => countOf(phone, 'waiting')).toBeGreaterThanOrEqual(2);
  await phone.getByRole('button', { name: 'Menu' }).tap();
  await phone.getByRole('button', { name: /^What was never sent/ }).tap();
  const [download] = await Promise.all([
    phone.waitForEvent('download'),
    phone.getByRole('button', { name: 'Save as a file' }).tap(),
  ]);
  const text = readFileSync(await download.path(), 'utf8');
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines[0]).toMatchObject({ type: 'handshake', username: 'Ann' });
  expect(text).not.toContain('"token"');
  expect(lines.filter(({ type }) => type === 'message').map((line) => line.text)).toEqual(['one', 'two']);
  await phone.getByRole('button', { name: 'Discard' }).tap();
  await phone.getByRole('button', { name: 'Discard for good' }).tap();
  await expect.poll(() => countOf(phone, 'waiting')).toBeLessThan(2);
  const captured = await countOf(phone, 'captured');

  await field.restart();
  await expect(phone.getByTestId('waiting')).toHaveText('0', { timeout: 30_000 });
  const stored = await field.frames();
  expect(stored.filter(({ data }) => data.text === 'one' || data.text === 'two')).toEqual([]);
  expect(stored.length).toBeLessThanOrEqual(captured - 2);
  const operator = await field.operator();
  const answer = await fetch(`${field.hub.ready.http}/api/v1/devices?key=${field.hub.ready.viewerKey}`);
  const { items } = (await answer.json()) as { items: { id: string }[] };
  const custody = async () =>
    (await operator.request('device.custody', { deviceId: items[0]?.id ?? '' })).custody.dropped;
  await expect.poll(custody).toBeGreaterThanOrEqual(2);
});
