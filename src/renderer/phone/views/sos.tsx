import { IconUrgent } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhoneSession } from '../phone-session';
import { usePhone } from '../stores/phone-store';
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

/** What became of the call; stays for as long as it lasts. */
export function SosBanner() {
  const { t } = useTranslation();
  const sos = usePhone((state) => state.sos);
  if (!sos) return null;
  if (!sos.active) {
    return (
      <p className="notice notice-wait" role="status" data-testid="sos-over">
        {sos.state === 'stored' ? t('sos.endStored') : t('sos.endQueued')}
      </p>
    );
  }
  return (
    <section className="sos-banner" role="alert" data-testid="sos" data-state={sos.state}>
      <IconUrgent size={30} aria-hidden="true" />
      <div>
        <strong>{t('sos.activeTitle')}</strong>
        <p>{sos.state === 'stored' ? t('sos.stored') : t('sos.queued')}</p>
      </div>
    </section>
  );
}
