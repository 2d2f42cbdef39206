import { IconBulb, IconBulbOff, IconCameraRotate, IconPlayerStopFilled } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { toLiveWord } from '../share/live-words';
import type { ShareSession } from '../share/share-session';
import { type ShareState, usePhoneShare } from '../stores/share-store';
import { ShareChoice } from './share-choice';

type Live = Extract<ShareState, { readonly kind: 'live' }>;

/** What is shared is in view for as long as it is, with its end under the thumb; before that, the choice. */
export function ShareView({ session }: { readonly session: ShareSession }) {
  const share = usePhoneShare((state) => state.share);
  if (share.kind === 'off') return null;
  if (share.kind === 'live') return <LiveShare session={session} share={share} />;
  return <ShareChoice session={session} isStarting={share.kind === 'starting'} />;
}

function LiveShare({ session, share }: { readonly session: ShareSession; readonly share: Live }) {
  const { t } = useTranslation();
  const link = usePhoneShare((state) => state.link);
  const watchers = usePhoneShare((state) => state.watchers);
  return (
    <section
      className="share-live"
      aria-label={t('share.title')}
      data-testid="share-live"
      data-what={share.what}
      data-watchers={watchers}
    >
      <p className="share-words" role="status">
        <span className="share-dot" aria-hidden="true" />
        {t(`share.live.${toLiveWord(share.what, link, watchers)}`)}
      </p>
      <div className="share-body">
        <Preview share={share} />
        <div className="share-tools">
          <button type="button" className="button share-stop" onClick={() => session.stop()}>
            <IconPlayerStopFilled size={22} aria-hidden="true" />
            {t('share.stop')}
          </button>
          {share.what === 'camera' && (
            <div className="share-camera">
              <button type="button" className="button button-quiet" onClick={() => void session.switchCamera()}>
                <IconCameraRotate size={22} aria-hidden="true" />
                {t('share.switchCamera')}
              </button>
              {share.torch !== 'none' && <Torch session={session} isOn={share.torch === 'on'} />}
            </div>
          )}
        </div>
      </div>
    </section>
  );
}

function Torch({ session, isOn }: { readonly session: ShareSession; readonly isOn: boolean }) {
  const { t } = useTranslation();
  const Icon = isOn ? IconBulbOff : IconBulb;
  const label = isOn ? t('share.torchOff') : t('share.torchOn');
  return (
    <button type="button" className="button button-quiet" aria-label={label} onClick={() => void session.switchTorch()}>
      <Icon size={22} aria-hidden="true" />
    </button>
  );
}

function Preview({ share }: { readonly share: Live }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = share.stream;
  }, [share.stream]);
  const isMirrored = share.what === 'camera' && share.facing === 'user';
  return <video ref={video} className="share-preview" data-mirrored={isMirrored} autoPlay muted playsInline />;
}
