import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../stores/phone-store';

/** Two taps within this are meant, ms. */
const TWICE_MS = 700;

/** Black pixels cost an OLED screen nothing, and the page stays in front: everything goes on. News of the operator ends it. */
export function DarkOverlay({ leave }: { readonly leave: () => void }) {
  const { t } = useTranslation();
  const overlay = useRef<HTMLButtonElement>(null);
  const tappedAtMs = useRef(0);
  const notices = usePhone((state) => state.notices);
  const [first] = useState(notices);
  useEffect(() => overlay.current?.focus(), []);
  useEffect(() => {
    if (notices !== first && notices.length > 0) leave();
  }, [notices, first, leave]);
  const tap = (): void => {
    const nowMs = Date.now();
    if (nowMs - tappedAtMs.current < TWICE_MS) leave();
    tappedAtMs.current = nowMs;
  };
  return (
    <button
      type="button"
      ref={overlay}
      className="dark"
      data-testid="dark"
      // A screen reader's double tap is one click.
      onClick={(event) => (event.detail === 0 ? leave() : tap())}
    >
      <span className="dark-words">{t('dark.leave')}</span>
    </button>
  );
}
