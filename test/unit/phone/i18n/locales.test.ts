import { describe, expect, it } from 'vitest';
import { chooseLanguage, directionOf, LANGUAGES } from '../../../../src/common/model/languages';
import ar from '../../../../src/renderer/phone/i18n/locales/ar.json';
import de from '../../../../src/renderer/phone/i18n/locales/de.json';
import en from '../../../../src/renderer/phone/i18n/locales/en.json';
import es from '../../../../src/renderer/phone/i18n/locales/es.json';
import fr from '../../../../src/renderer/phone/i18n/locales/fr.json';
import nl from '../../../../src/renderer/phone/i18n/locales/nl.json';
import zh from '../../../../src/renderer/phone/i18n/locales/zh.json';

const WORDS: Record<string, object> = { en, es, fr, de, nl, zh, ar };
const PLURAL = /_(zero|one|two|few|many|other)$/;

/** Every text by its dotted key. */
function flatten(words: object, before = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(words) as [string, unknown][]) {
    if (typeof value === 'string') texts.set(before + key, value);
    else for (const [inner, text] of flatten(value as object, `${before}${key}.`)) texts.set(inner, text);
  }
  return texts;
}

const placeholders = (text: string): string[] => (text.match(/\{\{[^}]*\}\}/g) ?? []).sort();
const english = flatten(en);
/** Key without its plural form, and whether it has any. */
const bases = new Map([...english.keys()].map((key) => [key.replace(PLURAL, ''), PLURAL.test(key)]));

const expectedKeys = (code: string): string[] => {
  const { pluralCategories } = new Intl.PluralRules(code).resolvedOptions();
  return [...bases].flatMap(([base, isPlural]) =>
    isPlural ? pluralCategories.map((category) => `${base}_${category}`) : [base],
  );
};

it('there are words for every language on offer', () => {
  expect(Object.keys(WORDS)).toEqual(LANGUAGES.map(({ code }) => code));
});

describe.each(LANGUAGES.map(({ code }) => code))('%s', (code) => {
  const texts = flatten(WORDS[code] ?? {});

  it('has every key, with every plural form of its own, and no other', () => {
    expect([...texts.keys()].sort()).toEqual(expectedKeys(code).sort());
  });

  it('keeps the placeholders of the English text', () => {
    for (const [key, text] of texts) {
      const base = key.replace(PLURAL, '');
      const original = english.get(key) ?? english.get(`${base}_other`);
      expect(placeholders(text), key).toEqual(placeholders(original ?? ''));
    }
  });

  it('leaves nothing empty, and parts what is parted as English does', () => {
    for (const [key, text] of texts) {
      expect(text.trim(), key).not.toBe('');
      if (key.startsWith('join.trust.path')) {
        expect(text.split(' > ').length, key).toBe(english.get(key)?.split(' > ').length);
      }
    }
    expect(texts.get('sensor.compass')?.split(' ')).toHaveLength(8);
  });
});

it('nothing was left in English', () => {
  // The same word in both: names, and what the other language took over.
  const MAY_BE_SAME = 40;
  for (const { code } of LANGUAGES) {
    if (code === 'en') continue;
    const same = [...flatten(WORDS[code] ?? {})].filter(([key, text]) => english.get(key) === text);
    expect(same.length, `${code}: ${same.map(([key]) => key).join(', ')}`).toBeLessThan(MAY_BE_SAME);
  }
});

describe('the language', () => {
  it.each([
    [null, ['de-CH', 'en'], 'de'],
    [null, ['pt-BR', 'fr-CA'], 'fr'],
    [null, ['zh-Hant-TW'], 'zh'],
    [null, ['AR-eg'], 'ar'],
    [null, ['sv'], 'en'],
    [null, [], 'en'],
    ['nl', ['de'], 'nl'],
    ['xx', ['de'], 'de'],
  ])('kept %s on a phone of %j is %s', (kept, wanted, code) => {
    expect(chooseLanguage(kept, wanted)).toBe(code);
  });

  it('goes from the right in Arabic only', () => {
    expect(LANGUAGES.filter(({ code }) => directionOf(code) === 'rtl').map(({ code }) => code)).toEqual(['ar']);
  });
});
