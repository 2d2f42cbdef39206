import { IconCamera, IconDeviceMobile, IconUser } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isApplePhone } from '../identity/apple-phone';
import { hasScreenCapture, isAndroid } from '../share/capture';
import type { ShareSession } from '../share/share-session';
import { usePhoneShare } from '../stores/share-store';

/** Why there is no button for the screen here. */
function system(): 'insecure' | 'android' | 'apple' | 'other' {
  if (!window.isSecureContext) return 'insecure';
  if (isAndroid()) return 'android';
  return isApplePhone(navigator.userAgent) ? 'apple' : 'other';
}

interface Props {
  readonly session: ShareSession;
  readonly isStarting: boolean;
}

/** What to share: the screen where this browser can, a camera always; on Android, the way there is for the screen. */
export function ShareChoice({ session, isStarting }: Props) {
  const { t } = useTranslation();
  const trouble = usePhoneShare((state) => state.trouble);
  const [withSound, setWithSound] = useState(false);
  const canShareScreen = hasScreenCapture();
  return (
    <section className="share-choice" aria-label={t('share.title')} data-testid="share-choice">
      <h2 className="share-title">{t('share.title')}</h2>
      <p className="quiet">{t('share.lead')}</p>
      {trouble && (
        <p className="notice notice-bad" role="alert">
          {t(`share.trouble.${trouble}`)}
        </p>
      )}
      <fieldset className="share-options" disabled={isStarting}>
        <legend className="unseen">{t('share.title')}</legend>
        {canShareScreen && (
          <button type="button" className="button button-quiet" onClick={() => void session.startScreen()}>
            <IconDeviceMobile size={22} aria-hidden="true" />
            {t('share.screen')}
          </button>
        )}
        <p className="quiet share-note" data-testid="screen-note">
          {t(canShareScreen ? 'share.screenNote' : `share.noScreen.${system()}`)}
        </p>
        <button
          type="button"
          className="button button-quiet"
          onClick={() => void session.startCamera('environment', withSound)}
        >
          <IconCamera size={22} aria-hidden="true" />
          {t('share.backCamera')}
        </button>
        <button
          type="button"
          className="button button-quiet"
          onClick={() => void session.startCamera('user', withSound)}
        >
          <IconUser size={22} aria-hidden="true" />
          {t('share.frontCamera')}
        </button>
        <label className="share-sound">
          <input
            type="checkbox"
            checked={withSound}
            onChange={({ currentTarget }) => setWithSound(currentTarget.checked)}
          />
          {t('share.sound')}
        </label>
      </fieldset>
      {isAndroid() && <ScreenStreamSteps />}
      <p className="quiet" role="status">
        {isStarting ? t('share.starting') : ''}
      </p>
      <button type="button" className="button button-quiet" onClick={() => session.cancel()}>
        {t('common.cancel')}
      </button>
    </section>
  );
}

function ScreenStreamSteps() {
  const { t } = useTranslation();
  const ownAddress = usePhoneShare((state) => state.ownAddress);
  const address = ownAddress === null ? t('share.steps.anyAddress') : `http://${ownAddress}:8080`;
  const steps = [t('share.steps.install'), t('share.steps.press'), t('share.steps.tell', { address })];
  return (
    <details className="fold" data-testid="screen-stream">
      <summary>{t('share.steps.title')}</summary>
      <p className="share-steps-lead">{t('share.steps.lead')}</p>
      <ol>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </details>
  );
}
