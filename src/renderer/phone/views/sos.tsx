import { IconUrgent } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LinkState } from '../link/link-state';
import type { PhoneSession } from '../phone-session';
import { usePhone } from '../stores/phone-store';
import { formatClock } from './format';
import { HoldButton } from './hold-button';
import { Sheet } from './sheet';

/** Calls for help, and ends the call: the same button, the same 2 s. */
export function SosButton({ session }: { readonly session: PhoneSession }) {
  const { t } = useTranslation();
  const isActive = usePhone((state) => state.sos?.active ?? false);
  const [isAsking, setIsAsking] = useState(false);
  const act = (): void => {
    setIsAsking(false);
    session.sos(!isActive);
  };
  return (
    <>
      <HoldButton className={isActive ? 'button-sos-end' : 'button-sos'} done={act} tapped={() => setIsAsking(true)}>
        {(isHolding) => (
          <>
            <strong>{isActive ? t('sos.end') : t('sos.button')}</strong>
            <small>{isHolding ? t('sos.holding') : t('sos.hold')}</small>
          </>
        )}
      </HoldButton>
      {isAsking && (
        <Sheet
          title={isActive ? t('sos.askEndTitle') : t('sos.askTitle')}
          close={() => setIsAsking(false)}
          actions={
            <>
              <button type="button" className={isActive ? 'button button-main' : 'button button-danger'} onClick={act}>
                {isActive ? t('sos.askEnd') : t('sos.askSend')}
              </button>
              <button type="button" className="button button-quiet" onClick={() => setIsAsking(false)}>
                {t('common.cancel')}
              </button>
            </>
          }
        >
          <p>{isActive ? t('sos.askEndText') : t('sos.askText')}</p>
        </Sheet>
      )}
    </>
  );
}

/** While nothing is sent: who called for help must still be able to call it off. */
export function EndSos({ session }: { readonly session: PhoneSession }) {
  const isActive = usePhone((state) => state.sos?.active ?? false);
  return isActive ? <SosButton session={session} /> : null;
}

const TITLES = { queued: 'sos.waitingTitle', stored: 'sos.activeTitle', unsent: 'sos.unsentTitle' } as const;
const END = { queued: 'sos.endQueued', stored: 'sos.endStored', unsent: 'sos.endUnsent' } as const;

/** A hub that said no may go on saying it: who calls for help must not wait for that. */
function queuedText(t: TFunction, language: string, link: LinkState): string {
  if (link.kind !== 'closed') return t('sos.queued');
  return link.retryAtMs === null ? t('sos.refused') : t('sos.kicked', { time: formatClock(language, link.retryAtMs) });
}

/** What became of the call; stays for as long as it lasts. */
export function SosBanner() {
  const { t, i18n } = useTranslation();
  const sos = usePhone((state) => state.sos);
  const link = usePhone((state) => state.link);
  if (!sos) return null;
  if (!sos.active) {
    return (
      <p className="notice notice-wait" role="status" data-testid="sos-over">
        {t(END[sos.state])}
      </p>
    );
  }
  return (
    <section className="sos-banner" role="alert" data-testid="sos" data-state={sos.state}>
      <IconUrgent size={30} aria-hidden="true" />
      <div>
        <strong>{t(TITLES[sos.state])}</strong>
        <p>{sos.state === 'queued' ? queuedText(t, i18n.language, link) : t(`sos.${sos.state}`)}</p>
      </div>
    </section>
  );
}
