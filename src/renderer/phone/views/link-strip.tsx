import { IconAntennaBars5, IconAntennaBarsOff, IconCheck, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { KickCode } from '../../../common/wire/ingest';
import type { PhoneSession } from '../phone-session';
import { usePhone } from '../stores/phone-store';
import { formatAge, formatSeconds } from './format';
import { type LinkWords, toLinkWords } from './link-words';

const ICONS: Record<LinkWords['state'], typeof IconRefresh> = {
  off: IconCheck,
  connecting: IconRefresh,
  connected: IconAntennaBars5,
  reconnecting: IconRefresh,
  gone: IconAntennaBarsOff,
  closed: IconPlugConnectedX,
};

/** A round trip a person would notice. */
const SLOW_MS = 700;

const KICKED_WHY = {
  declined: 'link.kickedWhy.declined',
  revoked: 'link.kickedWhy.revoked',
  erased: 'link.kickedWhy.erased',
} as const satisfies Record<KickCode, string>;

const VIA = { wss: 'link.viaWss', ws: 'link.viaWs', https: 'link.viaHttps' } as const;

/** The state of the link in one line, with the sentence and the button where a person has to act. */
export function LinkStrip({ session, nowMs }: { readonly session: PhoneSession; readonly nowMs: number }) {
  const { t, i18n } = useTranslation();
  const { link, stage, storedAtMs, everConnected, held, roundTripMs, kickReason, kickCode, transport } = usePhone();
  const words = toLinkWords(t, link, stage === 'streaming', nowMs);
  const Icon = ICONS[words.state];
  // A newer hub may give a reason that this page does not know: then its own words have to do.
  const why = kickCode !== null && Object.hasOwn(KICKED_WHY, kickCode) ? KICKED_WHY[kickCode] : null;
  const isClosed = words.state === 'closed';
  const stored =
    storedAtMs === null ? t('link.nothingStored') : t('link.stored', { age: formatAge(t, nowMs - storedAtMs) });
  // Worth a word only when it is slow: then it explains why numbers wait.
  const slow =
    roundTripMs !== null && roundTripMs >= SLOW_MS
      ? t('link.slow', { time: formatSeconds(i18n.language, roundTripMs) })
      : null;
  const via = words.state === 'connected' && transport && transport !== 'wss' ? t(VIA[transport]) : null;
  const aside = words.detail ?? [stored, slow ?? via].filter((word) => word !== null).join(' · ');
  return (
    <section className="link" data-state={words.state} data-testid="link" aria-label={t('link.label')}>
      <div className="link-line">
        <Icon className="link-icon" size={28} stroke={2} aria-hidden="true" />
        <div className="link-words">
          <strong className="link-label" role="status">
            {words.label}
          </strong>
          {!isClosed && words.state !== 'off' && <span className="link-aside">{aside}</span>}
        </div>
      </div>
      {words.state === 'gone' && !everConnected && <p className="link-text">{t('link.neverReached')}</p>}
      {words.state === 'connected' && held && <p className="link-text">{t(`reason.${held}`)}</p>}
      {isClosed && (
        <>
          {why && <p className="link-text link-reason">{t(why)}</p>}
          {kickReason && !why && (
            <p className="link-text link-reason" dir="auto">
              “{kickReason}”
            </p>
          )}
          <p className="link-text">{words.detail}</p>
          <button type="button" className="button button-quiet" onClick={() => session.reconnect()}>
            {t('link.again')}
          </button>
        </>
      )}
    </section>
  );
}
