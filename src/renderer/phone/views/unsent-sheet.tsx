import { IconDownload, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhoneSession } from '../phone-session';
import type { Part } from '../queue/frame-queue';
import { usePhone } from '../stores/phone-store';
import { formatBytes } from './format';
import { saveFile } from './save-file';
import { Sheet } from './sheet';

interface UnsentSheetProps {
  readonly session: PhoneSession;
  readonly close: () => void;
}

/** For a laptop that will not come back: what only this phone has, as a file, or gone for good. And what goes first by itself. */
export function UnsentSheet({ session, close }: UnsentSheetProps) {
  const { t } = useTranslation();
  const { waiting, held } = usePhone((state) => state.counts);
  const [sure, setSure] = useState<Part | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const save = (part: Part): void => {
    setHasFailed(false);
    session.exportUnsent(part).then(saveFile, () => setHasFailed(true));
  };
  if (sure !== null) return <SureSheet session={session} part={sure} close={close} back={() => setSure(null)} />;
  const isEmpty = waiting + held === 0;
  return (
    <Sheet
      key="unsent"
      title={t('unsent.title')}
      close={close}
      actions={waiting > 0 && <Ways isMain save={() => save('waiting')} discard={() => setSure('waiting')} />}
    >
      {isEmpty && <p>{t('unsent.none')}</p>}
      {waiting > 0 && (
        <p data-testid="unsent-waiting">
          <strong>{t('unsent.count', { count: waiting })}</strong>
        </p>
      )}
      {waiting > 0 && <p className="lead">{t('unsent.why')}</p>}
      {held > 0 && (
        <section className="notice notice-wait unsent-held" data-testid="unsent-held">
          <strong>{t('unsent.held', { count: held })}</strong>
          <p>{t('unsent.heldWhy')}</p>
          <Ways isMain={waiting === 0} save={() => save('held')} discard={() => setSure('held')} />
        </section>
      )}
      {hasFailed && (
        <p className="notice notice-bad" role="alert">
          {t('unsent.failed')}
        </p>
      )}
      <GoesFirst />
    </Sheet>
  );
}

interface WaysProps {
  readonly isMain: boolean;
  readonly save: () => void;
  readonly discard: () => void;
}

function Ways({ isMain, save, discard }: WaysProps) {
  const { t } = useTranslation();
  return (
    <>
      <button type="button" className={isMain ? 'button button-main' : 'button button-quiet'} onClick={save}>
        <IconDownload size={22} aria-hidden="true" />
        {t('unsent.save')}
      </button>
      <button type="button" className="button button-quiet" onClick={discard}>
        <IconTrash size={22} aria-hidden="true" />
        {t('unsent.discard')}
      </button>
    </>
  );
}

/** The order of make-room.ts. */
const ORDER = ['unsent.first', 'unsent.second', 'unsent.third'] as const;

/** How much this phone keeps, and what it gives up when that is full. */
function GoesFirst() {
  const { t, i18n } = useTranslation();
  const { storageBytes, storageCapBytes } = usePhone();
  return (
    <details className="fold" data-testid="goes-first">
      <summary>{t('unsent.orderTitle')}</summary>
      {Number.isFinite(storageCapBytes) && storageCapBytes > 0 && (
        <p className="quiet">
          {t('counts.storage', {
            used: formatBytes(i18n.language, storageBytes),
            cap: formatBytes(i18n.language, storageCapBytes),
          })}
        </p>
      )}
      <ol className="order">
        {ORDER.map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ol>
      <p className="quiet">{t('unsent.never')}</p>
    </details>
  );
}

interface SureSheetProps extends UnsentSheetProps {
  readonly part: Part;
  readonly back: () => void;
}

function SureSheet({ session, part, close, back }: SureSheetProps) {
  const { t } = useTranslation();
  const counts = usePhone((state) => state.counts);
  return (
    <Sheet
      key="sure"
      title={t('unsent.sureTitle')}
      close={back}
      actions={
        <>
          <button
            type="button"
            className="button button-danger"
            onClick={() => {
              void session.discardUnsent(part);
              close();
            }}
          >
            {t('unsent.sure')}
          </button>
          <button type="button" className="button button-quiet" onClick={back}>
            {t('common.cancel')}
          </button>
        </>
      }
    >
      <p>{t('unsent.sureText', { count: counts[part] })}</p>
    </Sheet>
  );
}
