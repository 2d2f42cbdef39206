import { Text } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import type { Shown } from '../keys/shown-key';
import { withoutKey } from '../pairing/join-link-text';
import { QrCode } from '../pairing/qr-code';
import { type Paper, Sheet } from '../print/print-dialog';
import styles from './badges.module.css';

/** Badges on one sheet: two columns of four, each larger than a bank card. */
const A_SHEET = 8;

interface Props {
  readonly badges: readonly Shown[];
  readonly paper: Paper;
  readonly ssid: string | null;
  readonly isLoading: boolean;
}

/** The badges on as many sheets as they need, with lines to cut along. */
export function BadgeSheets({ badges, paper, ssid, isLoading }: Props) {
  if (badges.length === 0) {
    return (
      <Text size="sm" c="dimmed" p="xl">
        {isLoading ? 'Loading the badges…' : 'No badge to print: type names and make some.'}
      </Text>
    );
  }
  const sheets = Array.from({ length: Math.ceil(badges.length / A_SHEET) }, (_, index) =>
    badges.slice(index * A_SHEET, (index + 1) * A_SHEET),
  );
  return sheets.map((onSheet) => (
    <Sheet key={onSheet[0]?.info.keyId} paper={paper}>
      <div className={styles.grid}>
        {onSheet.map((shown) => (
          <Badge key={shown.info.keyId} shown={shown} ssid={ssid} />
        ))}
      </div>
    </Sheet>
  ));
}

function Badge({ shown: { info, link }, ssid }: { readonly shown: Shown; readonly ssid: string | null }) {
  const { t } = useTranslation('paper');
  return (
    <section className={styles.badge} data-testid="badge">
      <div className={styles.code}>
        <QrCode url={link} sizePx={190} label={t('badge.qr', { name: info.name })} testId="badge-qr" />
      </div>
      <div className={styles.words}>
        <strong className={styles.name}>{info.name}</strong>
        <ol>
          <li>
            {ssid === null ? (
              t('badge.wifiOfLaptop')
            ) : (
              <Trans ns="paper" i18nKey="badge.wifi" values={{ ssid }} components={{ b: <b dir="ltr" /> }} />
            )}
          </li>
          <li>{t('badge.scan')}</li>
          <li>{t('badge.start')}</li>
        </ol>
        <span className={styles.foot}>
          {t('badge.yours')}
          <br />
          {withoutKey(link)}
        </span>
      </div>
    </section>
  );
}
