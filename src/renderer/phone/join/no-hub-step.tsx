import { useTranslation } from 'react-i18next';
import { Step } from './step';

/** The page is here and the hub does not answer: the WiFi was left on the way. */
export function NoHubStep({ again }: { readonly again: () => void }) {
  const { t } = useTranslation();
  return (
    <Step
      phase="reach"
      title={t('join.noHub.title')}
      lead={t('join.noHub.lead')}
      actions={
        <button type="button" className="button button-main" onClick={again}>
          {t('join.noHub.again')}
        </button>
      }
    />
  );
}
