import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { expect, test } from 'vitest';
import type { Pairing } from '../../../src/common/contract/schemas';
import { LANGUAGES, type LanguageCode } from '../../../src/common/model/languages';
import { Poster } from '../../../src/renderer/control-room/features/poster/poster';
import { paperWords } from '../../../src/renderer/control-room/features/print/paper-words';

function textsOf(language: LanguageCode): Map<string, string> {
  const texts = new Map<string, string>();
  const words = paperWords(language).getResourceBundle(language, 'paper') as Record<string, Record<string, string>>;
  for (const [part, of] of Object.entries(words)) {
    for (const [key, text] of Object.entries(of)) texts.set(`${part}.${key}`, text);
  }
  return texts;
}

const marks = (text: string): string[] => (text.match(/\{\{\w+\}\}|<\/?b>/g) ?? []).sort();

test.each(LANGUAGES.map(({ code }) => code))('what is printed has all its words in %s', (code) => {
  const english = textsOf('en');
  const texts = textsOf(code);
  expect([...texts.keys()]).toEqual([...english.keys()]);
  for (const [key, text] of texts) {
    expect(marks(text), key).toEqual(marks(english.get(key) ?? ''));
    // Dutch opens as English does.
    if (code !== 'en' && key !== 'poster.open') expect(text, key).not.toBe(english.get(key));
  }
});

const pairing = { joinUrl: 'http://192.168.1.7:8080/join#k=join-x', choices: [] } as unknown as Pairing;

function posterIn(language: LanguageCode, ssid: string): string {
  const wifi = { ssid, password: 'p&<b>', isHidden: false };
  const poster = createElement(Poster, { pairing, wifi, paper: { size: 'A4', language } });
  return renderToStaticMarkup(createElement(I18nextProvider, { i18n: paperWords(language) }, poster));
}

test('a poster is in the language of the carriers, and says a WiFi name as it is, whatever is in it', () => {
  const german = posterIn('de', 'Berg <script>{{x}}');
  expect(german).toContain('Ins WLAN gehen');
  expect(german).not.toContain('Join the WiFi');
  expect(german).toContain('Berg &lt;script&gt;{{x}}</strong>');
  expect(german).toContain('p&amp;&lt;b&gt;</strong>');
  expect(posterIn('ar', 'Berg')).toContain('dir="rtl"');
});
