import { IconCameraDown, IconCheck, IconHandStop, IconMessage, IconScreenShare } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../operator/notice';
import { ANSWERS } from '../operator/operator-line';
import type { PhoneSession } from '../phone-session';
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
  const { t } = useTranslation();
  const notices = usePhone((state) => state.notices);
  const isStreaming = usePhone((state) => state.stage === 'streaming');
  return notices.map((notice) => {
    const Icon = ICONS[notice.kind];
    return (
      <section key={notice.id} className="call" role="alert" data-testid="notice" data-kind={notice.kind}>
        <div className="call-line">
          <Icon className="call-icon" size={22} aria-hidden="true" />
          <p className="call-text" dir="auto">
            {textOf(t, notice, isStreaming)}
          </p>
        </div>
        <Answers notice={notice} session={session} />
      </section>
    );
  });
}

function textOf(t: TFunction, notice: Notice, isStreaming: boolean): string {
  switch (notice.kind) {
    case 'message':
      return notice.text;
    case 'check-in':
      return t('notice.checkIn');
    case 'photo':
      return isStreaming ? t('notice.photo') : t('notice.photoStopped');
    case 'share':
      return t('share.asked');
  }
}

function Answers({ notice, session }: { readonly notice: Notice; readonly session: PhoneSession }) {
  const { t } = useTranslation();
  const { id } = notice;
  switch (notice.kind) {
    case 'message':
      return (
        <button type="button" className="button button-main" onClick={() => session.read(id)}>
          {t('notice.ok')}
        </button>
      );
    case 'check-in':
      return (
        // What is sent is not translated: the operator reads it.
        <button type="button" className="button button-main" onClick={() => session.reply(id, ANSWERS.ok)}>
          <IconCheck size={22} aria-hidden="true" />
          {t('notice.iAmOk')}
        </button>
      );
    case 'photo':
      return (
        <button type="button" className="button button-quiet" onClick={() => session.reply(id, ANSWERS.notNow)}>
          {t('notice.notNow')}
        </button>
      );
    case 'share':
      return <ShareAnswers id={id} session={session} />;
  }
}
