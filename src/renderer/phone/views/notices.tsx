import { IconCameraDown, IconCheck, IconHandStop, IconMessage, IconScreenShare } from '@tabler/icons-react';
import type { Notice } from '../operator/notice';
import { ANSWERS } from '../operator/operator-line';
import type { PhoneSession } from '../phone-session';
import { SHARE_WORDS } from '../share/words';
import { usePhone } from '../stores/phone-store';
import { ShareAnswers } from './share-answers';

const ICONS: Record<Notice['kind'], typeof IconCheck> = {
  message: IconMessage,
  'check-in': IconHandStop,
  photo: IconCameraDown,
  share: IconScreenShare,
};

/** What the operator wants, newest first, over everything else: each with its answer under the thumb. */
export function Notices({ session }: { readonly session: PhoneSession }) {
  const notices = usePhone((state) => state.notices);
  const isStreaming = usePhone((state) => state.stage === 'streaming');
  return notices.map((notice) => {
    const Icon = ICONS[notice.kind];
    return (
      <section key={notice.id} className="call" role="alert" data-testid="notice" data-kind={notice.kind}>
        <div className="call-line">
          <Icon className="call-icon" size={22} aria-hidden="true" />
          <p className="call-text">{textOf(notice, isStreaming)}</p>
        </div>
        <Answers notice={notice} session={session} />
      </section>
    );
  });
}

function textOf(notice: Notice, isStreaming: boolean): string {
  switch (notice.kind) {
    case 'message':
      return notice.text;
    case 'check-in':
      return 'The operator asks: are you OK?';
    case 'photo':
      return isStreaming
        ? 'The operator asks for a photo. Press Photo below.'
        : 'The operator asks for a photo. Press Start, then Photo.';
    case 'share':
      return SHARE_WORDS.asked;
  }
}

function Answers({ notice, session }: { readonly notice: Notice; readonly session: PhoneSession }) {
  const { id } = notice;
  switch (notice.kind) {
    case 'message':
      return (
        <button type="button" className="button button-main" onClick={() => session.read(id)}>
          OK
        </button>
      );
    case 'check-in':
      return (
        <button type="button" className="button button-main" onClick={() => session.reply(id, ANSWERS.ok)}>
          <IconCheck size={22} aria-hidden="true" />I am OK
        </button>
      );
    case 'photo':
      return (
        <button type="button" className="button button-quiet" onClick={() => session.reply(id, ANSWERS.notNow)}>
          Not now
        </button>
      );
    case 'share':
      return <ShareAnswers id={id} session={session} />;
  }
}
