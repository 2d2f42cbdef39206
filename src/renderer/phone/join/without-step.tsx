import { IconAlertTriangle, IconLockOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PhoneSystem } from './phone-system';
import { Step } from './step';

interface WithoutStepProps {
  readonly system: PhoneSystem;
  readonly secureUrl: string;
  readonly goLite: () => void;
  readonly back: () => void;
}

const WORDS = {
  ios: ['join.without.ios1', 'join.without.ios2'],
  android: ['join.without.android1', 'join.without.android2'],
  other: ['join.without.other1', 'join.without.other2'],
} as const;

/** What will then be missing, and the two ways that are left. */
export function WithoutStep({ system, secureUrl, goLite, back }: WithoutStepProps) {
  const { t } = useTranslation();
  const [how, missing] = WORDS[system];
  return (
    <Step
      phase="trust"
      title={t('join.without.title')}
      onBack={back}
      actions={
        <>
          <a className="button button-main" href={secureUrl} rel="noreferrer">
            {t('join.without.open')}
          </a>
          <button type="button" className="button button-plain" onClick={goLite}>
            {t('join.without.lite')}
          </button>
        </>
      }
    >
      <ul className="points">
        <li className="point">
          <IconLockOpen size={22} aria-hidden="true" />
          {t(how)}
        </li>
        <li className="point">
          <IconAlertTriangle size={22} aria-hidden="true" />
          {t(missing)}
        </li>
      </ul>
    </Step>
  );
}
