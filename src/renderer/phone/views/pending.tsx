import { IconHourglassHigh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../stores/phone-store';

/** Connected, and not let in yet. */
export function Pending() {
  const { t } = useTranslation();
  const isPending = usePhone((state) => state.approval === 'pending' && state.link.kind === 'connected');
  if (!isPending) return null;
  return (
    <section className="pending" role="status" data-testid="pending">
      <IconHourglassHigh size={32} aria-hidden="true" />
      <div>
        <strong>{t('stream.pending.title')}</strong>
        <p>{t('stream.pending.text')}</p>
      </div>
    </section>
  );
}
