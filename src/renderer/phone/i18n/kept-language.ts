import type { LanguageCode } from '../../../common/model/languages';

const LANGUAGE = 'perch.language';

/** null before the person chose one. */
export const readLanguage = (storage: Storage): string | null => storage.getItem(LANGUAGE);

export const keepLanguage = (storage: Storage, code: LanguageCode): void => storage.setItem(LANGUAGE, code);
