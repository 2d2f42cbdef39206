/** What carriers read, on the phone page and on paper; the name is what its speakers call it. */
export const LANGUAGES = [
  { code: 'en', name: 'English', direction: 'ltr' },
  { code: 'es', name: 'Español', direction: 'ltr' },
  { code: 'fr', name: 'Français', direction: 'ltr' },
  { code: 'de', name: 'Deutsch', direction: 'ltr' },
  { code: 'nl', name: 'Nederlands', direction: 'ltr' },
  { code: 'zh', name: '简体中文', direction: 'ltr' },
  { code: 'ar', name: 'العربية', direction: 'rtl' },
] as const;

/** One of those above. */
export type LanguageCode = (typeof LANGUAGES)[number]['code'];

/** Whether a text is the code of one of {@link LANGUAGES}. */
export const isLanguage = (code: string | null): code is LanguageCode => LANGUAGES.some((each) => each.code === code);

/** The one the person chose, else the first of the phone's own that we have, else English. */
export function chooseLanguage(kept: string | null, wanted: readonly string[]): LanguageCode {
  if (isLanguage(kept)) return kept;
  for (const tag of wanted) {
    // BCP 47: the part before the first hyphen is the language.
    const code = (tag.split('-')[0] ?? '').toLowerCase();
    if (isLanguage(code)) return code;
  }
  return 'en';
}

/** Which way its text runs. */
export const directionOf = (code: LanguageCode): 'ltr' | 'rtl' =>
  LANGUAGES.find((each) => each.code === code)?.direction ?? 'ltr';
