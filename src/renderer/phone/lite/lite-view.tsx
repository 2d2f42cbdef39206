import { IconHandStop, IconLockOpen, IconPlayerStopFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PhoneSession } from '../phone-session';
import { usePhone } from '../stores/phone-store';
import { ActButton } from '../views/act-button';
import { Counters } from '../views/counters';
import { LinkStrip } from '../views/link-strip';
import { Menu } from '../views/menu';
import { Notices } from '../views/notices';
import { Pending } from '../views/pending';
import { PersonHeader } from '../views/person-header';
import { PhotoAction } from '../views/photo-action';
import { Said } from '../views/said';
import { SosBanner, SosButton } from '../views/sos';
import { StopButton } from '../views/stop-button';
import { StoppedDeck } from '../views/stopped-deck';
import { TextAction } from '../views/text-action';
import { useNow } from '../views/use-now';
import { PlaceAction } from './place-action';

interface LiteViewProps {
  readonly session: PhoneSession;
  readonly hubName: string;
  /** The trust steps once more; null where the hub has no secure page. */
  readonly goSecure: (() => void) | null;
}

/** On the plain page a phone gives no sensors: what the person sends by hand is what the operator gets. */
export function LiteView({ session, hubName, goSecure }: LiteViewProps) {
  const { t } = useTranslation();
  const nowMs = useNow();
  const { stage, trouble } = usePhone();
  const isStreaming = stage === 'streaming';
  return (
    <div className="frame">
      <PersonHeader hubName={hubName}>
        <Menu session={session} goSecure={goSecure} />
      </PersonHeader>
      <main className="frame-main">
        <SosBanner />
        <Notices session={session} />
        <Pending />
        <LinkStrip session={session} nowMs={nowMs} />
        {trouble && (
          <p className="notice notice-bad" role="alert">
            {t(`trouble.${trouble}`)}
          </p>
        )}
        <Said />
        <section className="pending pending-plain" data-testid="lite">
          <IconLockOpen size={30} aria-hidden="true" />
          <div>
            <strong>{t('lite.title')}</strong>
            <p>{t('lite.lead')}</p>
          </div>
        </section>
        {goSecure && (
          <button type="button" className="button button-quiet" onClick={goSecure}>
            {t('lite.trust')}
          </button>
        )}
        <Counters />
      </main>
      <footer className="deck">
        {isStreaming ? (
          <>
            <section className="acts" aria-label={t('stream.actions')}>
              <PhotoAction session={session} />
              <PlaceAction session={session} />
              <TextAction session={session} />
              <ActButton icon={IconHandStop} label={t('checkIn.button')} onClick={() => session.checkIn()} />
            </section>
            <div className="deck-row">
              <SosButton session={session} />
              <StopButton icon={IconPlayerStopFilled} stop={() => session.stop()} />
            </div>
          </>
        ) : (
          <StoppedDeck session={session} />
        )}
      </footer>
    </div>
  );
}
