import type { Page } from '@playwright/test';
import { expect, type Field, holdSos, test } from '../../helpers/field';
import { startHubProcess } from '../../helpers/hub-process';
import { startPhone } from '../../helpers/phone-page';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

const sosFrames = async (field: Field) => (await field.frames()).filter(({ data }) => data.captureMethod === 'sos');

async function onlyDevice(field: Field): Promise<string> {
  const { http, viewerKey } = field.hub.ready;
  const answer = await fetch(`${http}/api/v1/devices?key=${viewerKey}`);
  const [device] = ((await answer.json()) as { items: { id: string }[] }).items;
  return device?.id ?? '';
}

/** From now on the browser's storage fails, as where it is full, or private. */
const breakStorage = (page: Page): Promise<void> =>
  page.evaluate(() => {
    IDBDatabase.prototype.transaction = () => {
      throw new DOMException('broken by the test', 'QuotaExceededError');
    };
  });

test('an SOS pressed on a page that another tab had replaced reaches the laptop', async ({ field }) => {
  const phone = await field.openPhone();
  const other = await phone.context().newPage();
  await other.goto(field.secureUrl());
  await startPhone(other);
  await expect(phone.getByTestId('link')).toHaveAttribute('data-state', 'closed');
  await other.close();
  await phone.bringToFront();
  await holdSos(phone);
  await expect(phone.getByTestId('sos')).toHaveAttribute('data-state', 'stored');
  expect(await sosFrames(field)).toHaveLength(1);
});

test('a black screen tells how it stands, wakes the person for a message, and ends when the operator removes the phone', async ({
  field,
}) => {
  const phone = await field.openPage();
  await phone.evaluate(() => {
    const heard: { notes: number; audio: AudioContext | null } = { notes: 0, audio: null };
    Object.assign(window, { heard });
    window.AudioContext = class extends AudioContext {
      constructor() {
        super();
        heard.audio = this;
      }
      override createOscillator(): OscillatorNode {
        heard.notes += 1;
        return super.createOscillator();
      }
    };
  });
  const notes = () => phone.evaluate(() => (window as unknown as { heard: { notes: number } }).heard.notes);
  await startPhone(phone);
  const dark = phone.getByTestId('dark');
  const turnDark = async (): Promise<void> => {
    await phone.getByRole('button', { name: 'Menu' }).tap();
    await phone.getByRole('button', { name: /^Black screen/ }).tap();
    await expect(dark).toBeVisible();
  };
  await turnDark();
  await expect(phone.getByTestId('dark-status')).toContainText('Connected · stored');
  // As a call on iOS does to it.
  await phone.evaluate(() => (window as unknown as { heard: { audio: AudioContext } }).heard.audio.suspend());
  const operator = await field.operator();
  await operator.request('message.send', { deviceId: null, text: 'Come back' });
  await expect(dark).toBeHidden();
  await expect.poll(notes).toBe(2);
  await phone.getByRole('button', { name: 'OK', exact: true }).tap();

  await turnDark();
  const knocked = phone.waitForRequest((request) => request.url().includes('/api/v1/messages'));
  await operator.request('device.kick', { deviceId: await onlyDevice(field), reason: 'Wrong phone' });
  await expect(dark).toBeHidden();
  await expect(phone.getByTestId('link')).toHaveAttribute('data-state', 'closed');
  await holdSos(phone);
  // Never "sent", and what to do about it; the hub hears of it all the same.
  await expect(phone.getByTestId('sos')).toContainText('SOS not sent yet');
  await expect(phone.getByTestId('sos')).toContainText('Call for help another way too');
  expect((await knocked).postDataJSON()).toMatchObject({ type: 'sos', active: true });
});

test('an SOS that this phone can not keep goes at once; while it can not, it says that it is NOT sent', async ({
  field,
}) => {
  const phone = await field.openPhone();
  await breakStorage(phone);
  await holdSos(phone);
  await expect(phone.getByTestId('sos')).toHaveAttribute('data-state', 'stored');
  expect(await sosFrames(field)).toHaveLength(1);
  await field.hub.stop('SIGKILL');
  await expect(phone.getByTestId('link')).not.toHaveAttribute('data-state', 'connected');
  await holdSos(phone);
  await expect(phone.getByTestId('sos-over')).toContainText('does not know yet');
  await holdSos(phone);
  await expect(phone.getByTestId('sos')).toContainText('SOS NOT sent');
  await field.restart();
  await expect(phone.getByTestId('sos')).toHaveAttribute('data-state', 'stored', { timeout: 30_000 });
  expect(await sosFrames(field)).toHaveLength(3);
});

test('what was captured for one team’s hub is held while another answers at its address, and can be discarded', async ({
  field,
}) => {
  const phone = await field.openPhone();
  const { http, https } = field.hub.ready;
  await field.hub.stop('SIGKILL');
  await expect(phone.getByTestId('link')).not.toHaveAttribute('data-state', 'connected');
  await phone.getByRole('button', { name: 'Text' }).tap();
  await phone.getByLabel('Your text').fill('For the first team only');
  await phone.getByRole('button', { name: 'Send' }).tap();
  await expect(phone.getByTestId('word-state')).toContainText('Kept');
  const otherDir = temporaryFolder();
  const ports = ['--port', new URL(http).port, '--tls-port', new URL(https ?? '').port];
  const other = await startHubProcess(otherDir, ports);
  await phone.goto('about:blank');
  await phone.goto(`${other.ready.https}/join${new URL(other.ready.join).hash}`);
  await startPhone(phone);
  await expect(phone.getByTestId('delivered')).not.toHaveText('0');
  await phone.getByRole('button', { name: 'Menu' }).tap();
  await phone.getByRole('button', { name: /^What was never sent/ }).tap();
  const held = phone.getByTestId('unsent-held');
  await expect(held).toContainText('of another team’s hub');
  await held.getByRole('button', { name: 'Discard' }).tap();
  await phone.getByRole('button', { name: 'Discard for good' }).tap();
  await phone.getByRole('button', { name: 'Menu' }).tap();
  await phone.getByRole('button', { name: /^What was never sent/ }).tap();
  await expect(phone.getByRole('dialog')).toBeVisible();
  await expect(held).toHaveCount(0);
  const answer = await fetch(`${other.ready.http}/api/v1/frames?limit=1000&key=${other.ready.viewerKey}`);
  expect(await answer.text()).not.toContain('For the first team only');
  await phone.close();
  await other.stop();
  removeFolder(otherDir);
});

test('a touch that the system takes away swallows no press of the keyboard', async ({ field }) => {
  const phone = await field.openPhone();
  const button = phone.locator('.hold');
  await button.dispatchEvent('pointerdown', { button: 0, pointerId: 1, isPrimary: true });
  // Longer than a tap.
  await expect(button).toHaveAttribute('data-holding', 'true');
  await phone.waitForFunction(
    (fromMs) => performance.now() - fromMs > 600,
    await phone.evaluate(() => performance.now()),
  );
  await button.dispatchEvent('pointercancel', { pointerId: 1, isPrimary: true });
  await button.focus();
  await phone.keyboard.press('Enter');
  await expect(phone.getByRole('dialog', { name: 'Send an SOS?' })).toBeVisible();
});
