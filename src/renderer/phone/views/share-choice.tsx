import { IconCamera, IconDeviceMobile, IconUser } from '@tabler/icons-react';
import { useState } from 'react';
import { hasScreenCapture } from '../share/capture';
import type { ShareSession } from '../share/share-session';
import { SHARE_WORDS, TROUBLE_WORDS } from '../share/words';
import { usePhoneShare } from '../stores/share-store';

const isAndroid = (): boolean => /Android/.test(navigator.userAgent);

interface Props {
  readonly session: ShareSession;
  readonly isStarting: boolean;
}

/** What to share: the screen where this browser can, a camera always; on Android, the way there is for the screen. */
export function ShareChoice({ session, isStarting }: Props) {
  const trouble = usePhoneShare((state) => state.trouble);
  const [withSound, setWithSound] = useState(false);
  const canShareScreen = hasScreenCapture();
  return (
    <section className="share-choice" aria-label={SHARE_WORDS.title} data-testid="share-choice">
      <h2 className="share-title">{SHARE_WORDS.title}</h2>
      <p className="quiet">{SHARE_WORDS.lead}</p>
      {trouble && (
        <p className="notice notice-bad" role="alert">
          {TROUBLE_WORDS[trouble]}
        </p>
      )}
      <fieldset className="share-options" disabled={isStarting}>
        <legend className="unseen">{SHARE_WORDS.title}</legend>
        {canShareScreen && (
          <button type="button" className="button button-quiet" onClick={() => void session.startScreen()}>
            <IconDeviceMobile size={22} aria-hidden="true" />
            {SHARE_WORDS.screen}
          </button>
        )}
        {canShareScreen && <p className="quiet share-note">{SHARE_WORDS.screenNote}</p>}
        <button
          type="button"
          className="button button-quiet"
          onClick={() => void session.startCamera('environment', withSound)}
        >
          <IconCamera size={22} aria-hidden="true" />
          {SHARE_WORDS.backCamera}
        </button>
        <button
          type="button"
          className="button button-quiet"
          onClick={() => void session.startCamera('user', withSound)}
        >
          <IconUser size={22} aria-hidden="true" />
          {SHARE_WORDS.frontCamera}
        </button>
        <label className="share-sound">
          <input
            type="checkbox"
            checked={withSound}
            onChange={({ currentTarget }) => setWithSound(currentTarget.checked)}
          />
          {SHARE_WORDS.sound}
        </label>
      </fieldset>
      {isAndroid() && <ScreenStreamSteps />}
      <p className="quiet" role="status">
        {isStarting ? SHARE_WORDS.starting : ''}
      </p>
      <button type="button" className="button button-quiet" onClick={() => session.cancel()}>
        {SHARE_WORDS.cancel}
      </button>
    </section>
  );
}

function ScreenStreamSteps() {
  const address = usePhoneShare((state) => state.ownAddress);
  return (
    <details className="steps" data-testid="screen-stream">
      <summary>{SHARE_WORDS.screenStreamTitle}</summary>
      <p className="share-steps-lead">{SHARE_WORDS.screenStreamLead}</p>
      <ol>
        {SHARE_WORDS.screenStreamSteps(address ?? SHARE_WORDS.anyAddress).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </details>
  );
}
