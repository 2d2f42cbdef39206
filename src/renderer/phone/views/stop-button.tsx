import type { IconPlayerStopFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface StopButtonProps {
  readonly icon: typeof IconPlayerStopFilled;
  readonly stop: () => void;
}

/** One tap, always in view. */
export function StopButton({ icon: Icon, stop }: StopButtonProps) {
  const { t } = useTranslation();
  return (
    <button type="button" className="button button-stop" onClick={stop}>
      <Icon size={22} aria-hidden="true" />
      {t('stream.stop')}
    </button>
  );
}
