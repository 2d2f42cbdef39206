import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { directionOf, type LanguageCode } from '../../../common/model/languages';
import en from './locales/en.json';

/** Each its own chunk: a phone on bad radio loads its own language, not seven. */
const LOADERS: Record<Exclude<LanguageCode, 'en'>, () => Promise<{ readonly default: object }>> = {
  es: () => import('./locales/es.json'),
  fr: () => import('./locales/fr.json'),
  de: () => import('./locales/de.json'),
  nl: () => import('./locales/nl.json'),
  zh: () => import('./locales/zh.json'),
  ar: () => import('./locales/ar.json'),
};

/** English is in the bundle: whatever happens to the radio, there are words. */
export const i18n = i18next.createInstance();

/** Resolves once the words are there; a language that cannot be loaded leaves the page in English. */
export async function startI18n(language: LanguageCode): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    // React escapes by itself.
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await setLanguage(language);
}

/** False when its words could not be loaded; the page then stays as it was. */
export async function setLanguage(language: LanguageCode): Promise<boolean> {
  try {
    if (language !== 'en' && !i18n.hasResourceBundle(language, 'translation')) {
      const words = await LOADERS[language]();
      i18n.addResourceBundle(language, 'translation', words.default);
    }
    await i18n.changeLanguage(language);
  } catch {
    return false;
  }
  if (typeof document !== 'undefined') {
    document.documentElement.lang = language;
    document.documentElement.dir = directionOf(language);
  }
  return true;
}
