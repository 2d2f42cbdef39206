import type { ReactNode } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { Pairing } from '../../../../common/contract/schemas';
import type { WifiNetwork } from '../../../../common/model/wifi-network';
import { PerchMark } from '../../theme/perch-mark';
import { withoutKey } from '../pairing/join-link-text';
import { QrCode } from '../pairing/qr-code';
import { type Paper, Sheet } from '../print/print-dialog';
import styles from './poster.module.css';
import { toWifiText } from './wifi-text';

interface Props {
  readonly pairing: Pairing;
  readonly wifi: WifiNetwork | null;
  readonly paper: Paper;
}

/** What hangs on the tent: read from two metres away. */
export function Poster({ pairing, wifi, paper }: Props) {
  const { t } = useTranslation('paper');
  return (
    <Sheet paper={paper}>
      <div className={styles.poster}>
        <header>
          <PerchMark size={56} />
          <h1>{t('poster.title')}</h1>
        </header>
        <Step number={1} title={t('poster.wifi')}>
          {wifi === null ? <p className={styles.missing}>{t('poster.wifiOfLaptop')}</p> : <WifiStep wifi={wifi} />}
        </Step>
        <Step number={2} title={t('poster.open')}>
          <QrCode url={pairing.joinUrl} sizePx={300} label={t('poster.hubQr')} testId="poster-join-qr" />
          <div>
            <p>{t('poster.scanHub')}</p>
            <p className={styles.address} dir="ltr">
              {withoutKey(pairing.joinUrl)}
            </p>
          </div>
        </Step>
        <footer>
          {t('poster.stay')}
          <br />
          {t('poster.holds')}
        </footer>
      </div>
    </Sheet>
  );
}

function WifiStep({ wifi: { ssid, password }, wifi }: { readonly wifi: WifiNetwork }) {
  const { t } = useTranslation('paper');
  const components = { b: <strong className={styles.password} dir="ltr" /> };
  return (
    <>
      <QrCode url={toWifiText(wifi)} sizePx={300} label={t('poster.wifiQr')} testId="poster-wifi-qr" />
      <div>
        <p>{t('poster.scanWifi')}</p>
        <p>
          {password === null ? (
            <Trans ns="paper" i18nKey="poster.byHandOpen" values={{ ssid }} components={components} />
          ) : (
            <Trans ns="paper" i18nKey="poster.byHand" values={{ ssid, password }} components={components} />
          )}
        </p>
      </div>
    </>
  );
}

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly children: ReactNode;
}

function Step({ number, title, children }: StepProps) {
  return (
    <section className={styles.step}>
      <h2>
        <span>{number}</span>
        {title}
      </h2>
      <div className={styles.content}>{children}</div>
    </section>
  );
}
