import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ANSWERS } from '../operator/operator-line';
import type { PhoneSession } from '../phone-session';

/** The carrier decides: nothing is shown to anybody before they agree, and then they choose what. */
export function ShareAnswers({ id, session }: { readonly id: string; readonly session: PhoneSession }) {
  const { t } = useTranslation();
  const agree = (): void => {
    session.reply(id, ANSWERS.share);
    session.share.choose();
  };
  return (
    <div className="call-answers">
      <button type="button" className="button button-quiet" onClick={() => session.reply(id, ANSWERS.noShare)}>
        {t('share.no')}
      </button>
      <button type="button" className="button button-main" onClick={agree}>
        <IconCheck size={22} aria-hidden="true" />
        {t('share.agree')}
      </button>
    </div>
  );
}
