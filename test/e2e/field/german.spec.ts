import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, holdSos, test } from '../../helpers/field';

const LOCALES = join(import.meta.dirname, '../../../src/renderer/phone/i18n/locales');
const PHOTO = join(import.meta.dirname, '../../fixtures/photo.jpg');
const PLURAL = /_(one|other)$/;

/** Every text of a catalogue by its dotted key. */
function read(language: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const flatten = (words: object, before: string): void => {
    for (const [key, value] of Object.entries(words) as [string, unknown][]) {
      if (typeof value === 'string') texts.set(before + key, value);
      else flatten(value as object, `${before}${key}.`);
    }
  };
  flatten(JSON.parse(readFileSync(join(LOCALES, `${language}.json`), 'utf8')) as object, '');
  return texts;
}

const english = read('en');
const german = read('de');
const ofGerman = new Set(german.values());
/** A German text, without what is filled in. */
const de = (key: string): string => (german.get(key) ?? `no ${key}`).replaceAll(/\s*\{\{.*?\}\}.*/g, '');

const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** What only the English catalogue says, whole, with anything filled in. */
const ENGLISH = [...english]
  .filter(([key, text]) => german.get(key) !== text && !ofGerman.has(text) && /\p{L}{2}/u.test(text))
  .map(([key, text]) => {
    const parts = text.split(/\{\{[^}]*\}\}/).map(literally);
    return { key: key.replace(PLURAL, ''), looks: new RegExp(`^${parts.join('.+')}$`, 'u') };
  });

/** All that is shown or read out. */
const textsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) texts.push(walker.currentNode.textContent ?? '');
    for (const element of document.querySelectorAll('*')) {
      for (const name of ['aria-label', 'placeholder', 'alt', 'title']) texts.push(element.getAttribute(name) ?? '');
    }
    return texts.flatMap((text) => text.split(' · ')).map((text) => text.trim());
  });

async function expectGerman(page: Page, view: string): Promise<void> {
  const texts = (await textsOf(page)).filter((text) => text !== '');
  expect(texts.length, view).toBeGreaterThan(3);
  const found = texts.flatMap((text) =>
    ENGLISH.filter(({ looks }) => looks.test(text)).map(({ key }) => `${view}: ${key}: ${text}`),
  );
  expect(found).toEqual([]);
}

test('the words that are looked for are there in English', async ({ field }) => {
  const page = await field.openPage(field.hub.ready.join, { locale: 'en', ignoreHTTPSErrors: false });
  await expect(page.getByRole('button', { name: 'Begin' })).toBeVisible();
  const texts = await textsOf(page);
  expect(texts.filter((text) => ENGLISH.some(({ looks }) => looks.test(text))).length).toBeGreaterThan(5);
});

test('the way in is in German, step by step', async ({ field }) => {
  const button = (key: string) => page.getByRole('button', { name: de(key) });
  const page = await field.openPage(field.hub.ready.join, { locale: 'de-DE', ignoreHTTPSErrors: false });
  await expect(button('join.begin')).toBeVisible();
  for (const phone of ['join.ios', 'join.android', 'join.other']) {
    await page.getByLabel(de(phone)).check();
    await expectGerman(page, phone);
  }
  await page.getByLabel(de('join.ios')).check();
  await button('join.begin').tap();
  await expectGerman(page, 'get');
  await button('join.trust.gotIt').tap();
  await expectGerman(page, 'install');
  await button('join.trust.installed').tap();
  await expectGerman(page, 'switch on');
  await button('join.without.link').tap();
  await expectGerman(page, 'without');
  await button('join.without.lite').tap();
  await page.getByLabel(de('join.you.name')).fill('Änne');
  await expectGerman(page, 'you, plain');
  await button('common.next').tap();
  await expectGerman(page, 'consent, plain');
  await button('join.consent.start').tap();
  await expect(page.getByTestId('lite')).toBeVisible();
  await expectGerman(page, 'lite');
  await button('lite.place').tap();
  await expectGerman(page, 'place');
  await page.context().close();

  const code = await field.openPage(field.secureUrl(), { locale: 'de-DE' });
  await code.getByLabel(de('join.code.label')).fill('zzzz-zzzz');
  await code.getByRole('button', { name: de('join.code.send') }).tap();
  await expect(code.getByRole('alert')).toBeVisible();
  await expectGerman(code, 'code');
});

test('the streaming page and all that opens from it is in German', async ({ field }) => {
  test.setTimeout(90_000);
  const page = await field.openPage(null, { locale: 'de-DE' });
  const button = (key: string) => page.getByRole('button', { name: de(key), exact: true });
  const close = () => button('common.close').first().tap();
  await page.getByLabel(de('join.you.name')).fill('Änne');
  await expectGerman(page, 'you');
  await button('common.next').tap();
  await expectGerman(page, 'consent');
  await button('join.consent.start').tap();
  await expect(page.getByTestId('link')).toHaveAttribute('data-state', 'connected');
  await page.getByText(de('stream.details'), { exact: true }).tap();
  await expectGerman(page, 'streaming');
  for (const [key, open] of [
    ['doctor.button', 'doctor'],
    ['unsent.button', 'unsent'],
  ] as const) {
    await button('stream.menu').tap();
    await expectGerman(page, 'menu');
    await page.getByRole('button', { name: de(key) }).tap();
    await expectGerman(page, open);
    await close();
  }
  await button('words.button').tap();
  await expectGerman(page, 'text');
  await close();
  await button('share.button').tap();
  await expectGerman(page, 'share');
  await page.getByRole('button', { name: de('share.backCamera') }).tap();
  await expect(page.getByTestId('share-live')).toBeVisible();
  await expectGerman(page, 'live');
  await button('share.stop').tap();
  await page.locator('input[type=file]').setInputFiles(PHOTO);
  await expectGerman(page, 'photo');
  await page.getByRole('button', { name: de('photo.send') }).tap();
  await button('checkIn.button').tap();
  await expect(page.getByTestId('word-state')).toBeVisible();
  await expectGerman(page, 'said');
  await page.locator('.hold').tap();
  await expectGerman(page, 'SOS asked');
  await button('common.cancel').tap();
  await holdSos(page);
  await expectGerman(page, 'SOS');

  const operator = await field.operator();
  const answer = await fetch(`${field.hub.ready.http}/api/v1/devices?key=${field.hub.ready.viewerKey}`);
  const [device] = ((await answer.json()) as { items: { id: string }[] }).items;
  const deviceId = device?.id ?? '';
  for (const what of ['photo', 'check-in', 'share'] as const)
    await operator.request('device.request', { deviceId, what });
  await expect(page.getByTestId('notice')).toHaveCount(3);
  await expectGerman(page, 'notices');
  await operator.request('device.kick', { deviceId, reason: 'Bitte ruf mich an' });
  await expect(page.getByTestId('link')).toHaveAttribute('data-state', 'closed');
  await expectGerman(page, 'removed');
  await page
    .getByRole('button', { name: de('stream.stop') })
    .first()
    .tap();
  await expectGerman(page, 'stopped');
});
