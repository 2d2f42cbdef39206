import i18next, { type i18n } from 'i18next';
import type { LanguageCode } from '../../../../common/model/languages';
import ar from './words/ar.json';
import de from './words/de.json';
import en from './words/en.json';
import es from './words/es.json';
import fr from './words/fr.json';
import nl from './words/nl.json';
import zh from './words/zh.json';

const WORDS: Record<LanguageCode, object> = { en, es, fr, de, nl, zh, ar };

const known = new Map<LanguageCode, i18n>();

/** The words of what is printed for carriers, in a language of theirs; the screen around it stays the operator's. */
export function paperWords(language: LanguageCode): i18n {
  const found = known.get(language);
  if (found) return found;
  const made = i18next.createInstance({
    lng: language,
    ns: 'paper',
    defaultNS: 'paper',
    resources: { [language]: { paper: WORDS[language] } },
    // React escapes by itself.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  void made.init();
  known.set(language, made);
  return made;
}
