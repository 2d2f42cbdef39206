import { IconScreenShare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PhoneSession } from '../phone-session';
import { usePhone } from '../stores/phone-store';
import { usePhoneShare } from '../stores/share-store';
import { ActButton } from './act-button';

/** Opens the choice of what to share; gone while something is, for then the red bar has its end. */
export function ShareButton({ session }: { readonly session: PhoneSession }) {
  const { t } = useTranslation();
  const isOff = usePhoneShare(({ share }) => share.kind === 'off');
  const isWanted = usePhone(({ notices }) => notices.some(({ kind }) => kind === 'share'));
  if (!isOff) return null;
  return (
    <ActButton
      icon={IconScreenShare}
      label={t('share.button')}
      data-wanted={isWanted}
      onClick={() => session.share.choose()}
    />
  );
}
