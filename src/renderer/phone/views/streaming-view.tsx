import { IconHandStop, IconPlayerStopFilled } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhoneSession } from '../phone-session';
import { usePhone } from '../stores/phone-store';
import { usePhoneShare } from '../stores/share-store';
import { ActButton } from './act-button';
import { AudioAction, RecordingBar } from './audio-action';
import { Counters } from './counters';
import { formatSeconds } from './format';
import { Glance, SensorList } from './glance';
import { LinkStrip } from './link-strip';
import { Menu } from './menu';
import { Notices } from './notices';
import { Pending } from './pending';
import { PersonHeader } from './person-header';
import { PhotoAction } from './photo-action';
import { Said } from './said';
import { ShareButton } from './share-button';
import { SosBanner, SosButton } from './sos';
import { StopButton } from './stop-button';
import { StoppedDeck } from './stopped-deck';
import { TextAction } from './text-action';
import { useNow } from './use-now';

interface StreamingViewProps {
  readonly session: PhoneSession;
  readonly hubName: string;
}

/** One glance: is it getting through, how much waits, what is sensed. Everything to press is under the thumb. */
export function StreamingView({ session, hubName }: StreamingViewProps) {
  const { t } = useTranslation();
  const nowMs = useNow();
  const { stage, trouble, counts } = usePhone();
  const isStreaming = stage === 'streaming';
  return (
    <div className="frame">
      <PersonHeader hubName={hubName}>
        <Menu session={session} goSecure={null} />
      </PersonHeader>
      <main className="frame-main">
        <SosBanner />
        <Notices session={session} />
        <Pending />
        <Share session={session} />
        <LinkStrip session={session} nowMs={nowMs} />
        {trouble && (
          <p className="notice notice-bad" role="alert">
            {t(`trouble.${trouble}`)}
          </p>
        )}
        {isStreaming && <Glance nowMs={nowMs} />}
        <Said />
        {isStreaming ? (
          <>
            <Saving />
            <details className="fold">
              <summary>{t('stream.details')}</summary>
              <Counters />
              <SensorList />
              <p className="quiet">{t('stream.keepFront')}</p>
            </details>
          </>
        ) : (
          <>
            <Counters />
            <p className="quiet">
              {t('stream.stopped')} {counts.waiting > 0 && t('stream.stoppedWaiting', { hub: hubName })}
            </p>
          </>
        )}
      </main>
      <footer className="deck">
        {isStreaming ? (
          <>
            <ActRow session={session} />
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

const ShareView = lazy(async () => ({ default: (await import('./share-view')).ShareView }));

/** There is nothing of it before the person wants to share. */
function Share({ session }: { readonly session: PhoneSession }) {
  const isOff = usePhoneShare(({ share }) => share.kind === 'off');
  const share = session.share.session;
  if (isOff || !share) return null;
  return (
    <Suspense fallback={null}>
      <ShareView session={share} />
    </Suspense>
  );
}

/** What can be sent by hand; a sound that is being recorded takes the whole row. */
function ActRow({ session }: { readonly session: PhoneSession }) {
  const { t } = useTranslation();
  const startedAtMs = usePhone((state) => state.audio.startedAtMs);
  if (startedAtMs !== null) return <RecordingBar session={session} startedAtMs={startedAtMs} />;
  return (
    <section className="acts" aria-label={t('stream.actions')}>
      <PhotoAction session={session} />
      <AudioAction session={session} />
      <TextAction session={session} />
      <ShareButton session={session} />
      <ActButton icon={IconHandStop} label={t('checkIn.button')} onClick={() => session.checkIn()} />
    </section>
  );
}

/** Why it sends less often than the operator wishes. */
function Saving() {
  const { t, i18n } = useTranslation();
  const { saving, rateHz } = usePhone();
  if (saving === 'none') return null;
  return (
    <p className="notice notice-wait" role="status" data-testid="saving">
      {t(`stream.saving.${saving}`)} ({t('stream.rate', { time: formatSeconds(i18n.language, 1_000 / rateHz) })})
    </p>
  );
}
