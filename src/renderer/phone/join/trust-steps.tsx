import { IconCertificate, IconCheck, IconLoader2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JoinInfo } from '../identity/join-info';
import { Fingerprint } from '../views/fingerprint';
import type { PhoneSystem } from './phone-system';
import { SettingsPath } from './settings-path';
import { Step } from './step';
import { WrongBrowserNotice } from './wrong-browser';

/** Get the certificate, install it, and on an iPhone switch it on: the step people miss has a screen of its own. */
export type TrustPart = 'get' | 'install' | 'switch';

export const partsOf = (system: PhoneSystem): readonly TrustPart[] =>
  system === 'ios' ? ['get', 'install', 'switch'] : ['get', 'install'];

interface TrustStepProps {
  readonly part: TrustPart;
  readonly system: PhoneSystem;
  readonly info: JoinInfo;
  readonly secureUrl: string;
  readonly next: () => void;
  readonly back: () => void;
  readonly goWithout: () => void;
}

const GET_WORDS = { ios: 'join.trust.getIos', android: 'join.trust.getAndroid', other: 'join.trust.getOther' } as const;
const INSTALL_WORDS = {
  ios: 'join.trust.installIos',
  android: 'join.trust.installAndroid',
  other: 'join.trust.installOther',
} as const;
const TITLES = {
  get: 'join.trust.getTitle',
  install: 'join.trust.installTitle',
  switch: 'join.trust.switchTitle',
} as const;

/** One screen of the way to a trusted page. The page itself notices when it is there. */
export function TrustStep({ part, system, info, secureUrl, next, back, goWithout }: TrustStepProps) {
  const { t } = useTranslation();
  const parts = partsOf(system);
  const name = info.caName ?? 'Perch';
  const at = parts.indexOf(part);
  const lead =
    part === 'get' ? t(GET_WORDS[system]) : part === 'install' ? t(INSTALL_WORDS[system]) : t('join.trust.switchIos');
  return (
    <Step
      phase="trust"
      share={(at + 0.5) / parts.length}
      title={t(TITLES[part])}
      lead={lead}
      onBack={back}
      actions={
        <>
          {part === 'get' ? (
            <GetActions system={system} next={next} />
          ) : at < parts.length - 1 ? (
            <button type="button" className="button button-main" onClick={next}>
              {t('join.trust.installed')}
            </button>
          ) : (
            <a className="button button-main" href={secureUrl} rel="noreferrer">
              {t('join.trust.open')}
            </a>
          )}
          <button type="button" className="button button-plain" onClick={goWithout}>
            {t('join.without.link')}
          </button>
        </>
      }
    >
      {part === 'get' && <WrongBrowserNotice />}
      {part === 'get' && <p className="quiet">{t('join.trust.why')}</p>}
      {part === 'install' && system === 'ios' && <SettingsPath path={t('join.trust.pathIosInstall')} />}
      {part === 'install' && system === 'android' && <SettingsPath path={t('join.trust.pathAndroid')} />}
      {part === 'switch' && <SettingsPath path={t('join.trust.pathIosSwitch', { name })} />}
      {at === parts.length - 1 && (
        <p className="waiting" role="status">
          <IconLoader2 className="spins" size={20} aria-hidden="true" />
          {t('join.trust.checking')}
        </p>
      )}
      {part !== 'get' && info.caFingerprint && <Compare system={system} name={name} fingerprint={info.caFingerprint} />}
    </Step>
  );
}

function GetActions({ system, next }: { readonly system: PhoneSystem; readonly next: () => void }) {
  const { t } = useTranslation();
  const [hasPressed, setHasPressed] = useState(false);
  const get = (
    <a
      className={hasPressed ? 'button button-quiet' : 'button button-main'}
      href={system === 'ios' ? '/ca.mobileconfig' : '/ca.crt'}
      onClick={() => setHasPressed(true)}
    >
      <IconCertificate size={22} aria-hidden="true" />
      {hasPressed ? t('join.trust.getAgain') : t('join.trust.get')}
    </a>
  );
  const got = (
    <button type="button" className={hasPressed ? 'button button-main' : 'button button-quiet'} onClick={next}>
      <IconCheck size={22} aria-hidden="true" />
      {t('join.trust.gotIt')}
    </button>
  );
  return (
    <>
      {get}
      {got}
    </>
  );
}

interface CompareProps {
  readonly system: PhoneSystem;
  /** Of the CA, as the settings show it. */
  readonly name: string;
  readonly fingerprint: string;
}

/** A page that came over plain http proves nothing by itself: the phone's settings and the operator's screen do. */
function Compare({ system, name, fingerprint }: CompareProps) {
  const { t } = useTranslation();
  return (
    <details className="fold">
      <summary>{t('join.trust.compare')}</summary>
      <Fingerprint value={fingerprint} />
      {system === 'ios' && <SettingsPath path={t('join.trust.compareIos', { name })} />}
      {system === 'android' && <SettingsPath path={t('join.trust.compareAndroid', { name })} />}
    </details>
  );
}
