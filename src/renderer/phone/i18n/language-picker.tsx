import { IconLanguage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isLanguage, LANGUAGES } from '../../../common/model/languages';
import { setLanguage } from './i18n';
import { keepLanguage } from './kept-language';

/** The phone's own picker: it is big, known and speaks to screen readers. */
export function LanguagePicker() {
  const { t, i18n } = useTranslation();
  const choose = (code: string): void => {
    if (!isLanguage(code)) return;
    keepLanguage(localStorage, code);
    void setLanguage(code);
  };
  return (
    <span className="language">
      <IconLanguage size={20} aria-hidden="true" />
      <select
        className="language-select"
        aria-label={t('common.language')}
        value={i18n.language}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {LANGUAGES.map(({ code, name }) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}
