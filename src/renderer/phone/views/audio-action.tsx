import { IconMicrophone, IconSend, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PhoneSession } from '../phone-session';
import { usePhone } from '../stores/phone-store';
import { ActButton } from './act-button';
import { formatTimer } from './format';
import { useNow } from './use-now';

/** Held longer than this, it records for as long as it is held; else until the next tap, ms. */
const HELD_MS = 700;

/** Held or tapped: both start a sound. */
export function AudioAction({ session }: { readonly session: PhoneSession }) {
  const { t } = useTranslation();
  const press = (): void => {
    // The button gives way to the recording: the finger is followed on the window.
    const lift = (): void => {
      window.removeEventListener('pointerup', lift);
      window.removeEventListener('pointercancel', lift);
      const { startedAtMs } = usePhone.getState().audio;
      if (startedAtMs !== null && Date.now() - startedAtMs > HELD_MS) session.stopAudio();
    };
    window.addEventListener('pointerup', lift);
    window.addEventListener('pointercancel', lift);
    void session.startAudio();
  };
  return (
    <ActButton
      icon={IconMicrophone}
      label={t('audio.button')}
      onPointerDown={press}
      // By keyboard or screen reader there is no pointer.
      onClick={(event) => event.detail === 0 && void session.startAudio()}
      onContextMenu={(event) => event.preventDefault()}
    />
  );
}

/** In place of the row while a sound is recorded: how long it is, and its two ends. */
export function RecordingBar({
  session,
  startedAtMs,
}: {
  readonly session: PhoneSession;
  readonly startedAtMs: number;
}) {
  const { t, i18n } = useTranslation();
  const nowMs = useNow(250);
  return (
    <div className="recording" data-testid="recording">
      <button
        type="button"
        className="icon-button recording-discard"
        aria-label={t('audio.discard')}
        onClick={() => session.cancelAudio()}
      >
        <IconTrash size={24} aria-hidden="true" />
      </button>
      <span className="recording-dot" aria-hidden="true" />
      <strong role="status">{t('audio.recording')}</strong>
      <span className="recording-time" role="timer">
        {formatTimer(i18n.language, nowMs - startedAtMs)}
      </span>
      <button type="button" className="button button-main" onClick={() => session.stopAudio()}>
        <IconSend className="flips" size={20} aria-hidden="true" />
        {t('audio.send')}
      </button>
    </div>
  );
}
