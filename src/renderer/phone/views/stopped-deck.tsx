import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PhoneSession } from '../phone-session';
import { usePhone } from '../stores/phone-store';
import { EndSos } from './sos';

/** What is left to press after Stop: the end of a call for help, should one be on, and to start again. */
export function StoppedDeck({ session }: { readonly session: PhoneSession }) {
  const { t } = useTranslation();
  const { name, colour } = usePhone();
  return (
    <>
      <EndSos session={session} />
      <button type="button" className="button button-main button-big" onClick={() => session.start({ name, colour })}>
        <IconPlayerPlayFilled size={24} aria-hidden="true" />
        {t('stream.startAgain')}
      </button>
    </>
  );
}
