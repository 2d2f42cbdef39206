import { useTranslation } from 'react-i18next';
import { usePhone } from '../stores/phone-store';
import { formatBytes, formatNumber } from './format';

interface CounterProps {
  readonly name: 'captured' | 'delivered' | 'waiting';
  readonly value: number;
}

// role=status names the number for assistive technology; aria-live is off, as it would speak every second.
function Counter({ name, value }: CounterProps) {
  const { t, i18n } = useTranslation();
  return (
    <div className="counter" data-name={name} data-some={value > 0} data-long={value > 99_999}>
      <span className="counter-name" id={`counter-${name}`}>
        {t(`counts.${name}`)}
      </span>
      <span
        className="counter-value"
        role="status"
        aria-live="off"
        aria-labelledby={`counter-${name}`}
        data-testid={name}
      >
        {formatNumber(i18n.language, value)}
      </span>
    </div>
  );
}

/** Captured = delivered + refused + waiting, a bar of how much of it the hub has, and what went wrong. */
export function Counters() {
  const { t, i18n } = useTranslation();
  const { counts, refusal, dropped, waitingMedia, storageBytes, storageCapBytes } = usePhone();
  const share = counts.captured === 0 ? 0 : counts.delivered / counts.captured;
  return (
    <section className="counters" aria-label={t('counts.label')}>
      <div className="counters-row">
        <Counter name="captured" value={counts.captured} />
        <Counter name="delivered" value={counts.delivered} />
        <Counter name="waiting" value={counts.waiting} />
      </div>
      <div className="counters-bar" aria-hidden="true">
        <div className="counters-bar-done" style={{ transform: `scaleX(${share})` }} />
      </div>
      {waitingMedia > 0 && <p className="counters-note">{t('counts.media', { count: waitingMedia })}</p>}
      {counts.waiting > 0 && storageCapBytes > 0 && (
        <p className="counters-note">
          {t('counts.storage', {
            used: formatBytes(i18n.language, storageBytes),
            cap: formatBytes(i18n.language, storageCapBytes),
          })}
        </p>
      )}
      {counts.held > 0 && <p className="counters-note">{t('unsent.held', { count: counts.held })}</p>}
      {counts.refused > 0 && (
        <p className="counters-refused" role="status">
          <span data-testid="refused">{t('counts.refused', { count: counts.refused })}</span>
          {refusal && `: ${t(`reason.${refusal}`)}`}
        </p>
      )}
      {dropped > 0 && <p className="counters-refused">{t('counts.dropped', { count: dropped })}</p>}
    </section>
  );
}
