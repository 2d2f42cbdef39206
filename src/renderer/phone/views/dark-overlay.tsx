import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../stores/phone-store';
import { formatAge, formatNumber } from './format';
import { toLinkWords } from './link-words';
import { toTroubles } from './troubles';
import { useNow } from './use-now';

/** Two taps within this are meant, ms. */
const TWICE_MS = 700;

/**
 * Black pixels cost an OLED screen nothing, and the page stays in front: everything goes on. One dim line tells that it does;
 * news of the operator and trouble end it.
 */
export function DarkOverlay({ leave }: { readonly leave: () => void }) {
  const { t } = useTranslation();
  const overlay = useRef<HTMLButtonElement>(null);
  const tappedAtMs = useRef(0);
  const notices = usePhone((state) => state.notices);
  const [first] = useState(notices);
  // What was wrong before, the person has seen.
  const [known] = useState(() => toTroubles(usePhone.getState()));
  const isNew = usePhone((state) => toTroubles(state).some((trouble) => !known.includes(trouble)));
  useEffect(() => overlay.current?.focus(), []);
  useEffect(() => {
    if (isNew || (notices !== first && notices.length > 0)) leave();
  }, [isNew, notices, first, leave]);
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
      <DarkStatus />
    </button>
  );
}

/** Connected, stored 2 s ago, 3 waiting. */
function DarkStatus() {
  const { t, i18n } = useTranslation();
  const nowMs = useNow();
  const { link, stage, storedAtMs, counts } = usePhone();
  const words = toLinkWords(t, link, stage === 'streaming', nowMs);
  const stored = storedAtMs === null ? null : t('link.stored', { age: formatAge(t, nowMs - storedAtMs) });
  const waiting = counts.waiting > 0 ? `${t('counts.waiting')} ${formatNumber(i18n.language, counts.waiting)}` : null;
  return (
    <span className="dark-status" data-testid="dark-status" data-state={words.state}>
      {[words.label, stored, waiting].filter((part) => part !== null).join(' · ')}
    </span>
  );
}
