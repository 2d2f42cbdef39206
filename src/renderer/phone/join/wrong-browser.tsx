import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { toWrongBrowser } from './phone-system';

/** Said before anybody has gone through steps that can not work here. */
export function WrongBrowserNotice() {
  const { t } = useTranslation();
  const wrong = toWrongBrowser(navigator.userAgent);
  if (wrong === null) return null;
  return (
    <p className="notice notice-wait" role="status" data-testid="wrong-browser">
      <IconAlertTriangle size={20} aria-hidden="true" /> {t(`join.browser.${wrong}`)}
    </p>
  );
}
