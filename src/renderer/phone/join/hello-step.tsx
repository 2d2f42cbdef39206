import { useTranslation } from 'react-i18next';
import { PHONE_SYSTEMS, type PhoneSystem } from './phone-system';
import { Step } from './step';
import { WrongBrowserNotice } from './wrong-browser';

interface HelloStepProps {
  readonly hubName: string;
  readonly system: PhoneSystem;
  readonly choose: (system: PhoneSystem) => void;
  readonly begin: () => void;
  /** null: the key is there. */
  readonly typeCode: (() => void) | null;
  /** The hub has a certificate that phones trust already, so that there is nothing to guide to. null: it has its own CA. */
  readonly goWithout: (() => void) | null;
}

/** The first screen: who asks, for what, and which guide fits this phone. */
export function HelloStep({ hubName, system, choose, begin, typeCode, goWithout }: HelloStepProps) {
  const { t } = useTranslation();
  return (
    <Step
      phase="reach"
      title={t('join.title', { hub: hubName })}
      lead={t('join.lead', { hub: hubName })}
      actions={
        <>
          <button type="button" className="button button-main" onClick={begin}>
            {goWithout ? t('join.trust.open') : t('join.begin')}
          </button>
          {typeCode && (
            <button type="button" className="button button-plain" onClick={typeCode}>
              {t('join.haveCode')}
            </button>
          )}
          {goWithout && (
            <button type="button" className="button button-plain" onClick={goWithout}>
              {t('join.without.link')}
            </button>
          )}
        </>
      }
    >
      {!goWithout && <WrongBrowserNotice />}
      <fieldset className="choice">
        <legend>{t('join.whichPhone')}</legend>
        {PHONE_SYSTEMS.map((each) => (
          <label key={each} className="choice-item">
            <input
              type="radio"
              name="system"
              className="choice-input"
              checked={system === each}
              onChange={() => choose(each)}
            />
            <span>{t(`join.${each}`)}</span>
          </label>
        ))}
      </fieldset>
    </Step>
  );
}
