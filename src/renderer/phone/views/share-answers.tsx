import { IconCheck } from '@tabler/icons-react';
import { ANSWERS } from '../operator/operator-line';
import type { PhoneSession } from '../phone-session';
import { SHARE_WORDS } from '../share/words';

/** The carrier decides: nothing is shown to anybody before they agree, and then they choose what. */
export function ShareAnswers({ id, session }: { readonly id: string; readonly session: PhoneSession }) {
  const agree = (): void => {
    session.reply(id, ANSWERS.share);
    session.share.choose();
  };
  return (
    <div className="call-answers">
      <button type="button" className="button button-quiet" onClick={() => session.reply(id, ANSWERS.noShare)}>
        {SHARE_WORDS.no}
      </button>
      <button type="button" className="button button-main" onClick={agree}>
        <IconCheck size={22} aria-hidden="true" />
        {SHARE_WORDS.agree}
      </button>
    </div>
  );
}
