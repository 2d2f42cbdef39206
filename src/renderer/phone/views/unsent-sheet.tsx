import { IconDownload, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhoneSession } from '../phone-session';
import { usePhone } from '../stores/phone-store';
import { saveFile } from './save-file';
import { Sheet } from './sheet';

/** For a laptop that will not come back: what only this phone has, as a file, or gone for good. */
export function UnsentSheet({ session, close }: { readonly session: PhoneSession; readonly close: () => void }) {
  const { t } = useTranslation();
  const waiting = usePhone((state) => state.counts.waiting);
  const [isSure, setIsSure] = useState(false);
  const [hasFailed, setHasFailed] = useState(false);
  const save = (): void => {
    setHasFailed(false);
    session.exportUnsent().then(saveFile, () => setHasFailed(true));
  };
  if (waiting === 0) {
    return (
      <Sheet title={t('unsent.title')} close={close}>
        <p>{t('unsent.none')}</p>
      </Sheet>
    );
  }
  if (isSure) {
    return (
      <Sheet
        key="sure"
        title={t('unsent.sureTitle')}
        close={() => setIsSure(false)}
        actions={
          <>
            <button
              type="button"
              className="button button-danger"
              onClick={() => {
                void session.discardUnsent();
                close();
              }}
            >
              {t('unsent.sure')}
            </button>
            <button type="button" className="button button-quiet" onClick={() => setIsSure(false)}>
              {t('common.cancel')}
            </button>
          </>
        }
      >
        <p>{t('unsent.sureText', { count: waiting })}</p>
      </Sheet>
    );
  }
  return (
    <Sheet
      key="unsent"
      title={t('unsent.title')}
      close={close}
      actions={
        <>
          <button type="button" className="button button-main" onClick={save}>
            <IconDownload size={22} aria-hidden="true" />
            {t('unsent.save')}
          </button>
          <button type="button" className="button button-quiet" onClick={() => setIsSure(true)}>
            <IconTrash size={22} aria-hidden="true" />
            {t('unsent.discard')}
          </button>
        </>
      }
    >
      <p>
        <strong>{t('unsent.count', { count: waiting })}</strong>
      </p>
      <p className="lead">{t('unsent.why')}</p>
      {hasFailed && (
        <p className="notice notice-bad" role="alert">
          {t('unsent.failed')}
        </p>
      )}
    </Sheet>
  );
}
