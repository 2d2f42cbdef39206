import { IconCamera } from '@tabler/icons-react';
import { type ChangeEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '../../../common/wire/limits';
import type { PhoneSession } from '../phone-session';
import { usePhone } from '../stores/phone-store';
import { Sheet } from './sheet';

interface Chosen {
  readonly file: Blob;
  readonly url: string;
}

/** Opens the phone's own camera: a file input needs no permission and takes a better picture than a page can. */
export function PhotoAction({ session }: { readonly session: PhoneSession }) {
  const { t } = useTranslation();
  const isBusy = usePhone((state) => state.photo === 'working');
  const isWanted = usePhone((state) => state.notices.some(({ kind }) => kind === 'photo'));
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const take = (event: ChangeEvent<HTMLInputElement>): void => {
    const input = event.currentTarget;
    const file = input.files?.[0];
    if (file) setChosen({ file, url: URL.createObjectURL(file) });
    // Emptied, or the same picture could not be chosen again.
    input.value = '';
  };
  const close = (): void => {
    if (chosen) URL.revokeObjectURL(chosen.url);
    setChosen(null);
  };
  return (
    <>
      <label className="act" data-busy={isBusy} data-wanted={isWanted}>
        <IconCamera size={24} stroke={1.8} aria-hidden="true" />
        <span className="act-label">{t('photo.button')}</span>
        <input
          className="file-input"
          type="file"
          accept="image/*"
          capture="environment"
          disabled={isBusy}
          onChange={take}
        />
      </label>
      {chosen && (
        <PhotoSheet
          url={chosen.url}
          close={close}
          send={(caption) => {
            void session.addPhoto(chosen.file, caption || undefined);
            close();
          }}
        />
      )}
    </>
  );
}

interface PhotoSheetProps {
  /** Of the picture, as long as the sheet is open. */
  readonly url: string;
  readonly close: () => void;
  readonly send: (caption: string) => void;
}

const FORM = 'photo';

function PhotoSheet({ url, close, send }: PhotoSheetProps) {
  const { t } = useTranslation();
  const [caption, setCaption] = useState('');
  return (
    <Sheet
      title={t('photo.title')}
      close={close}
      actions={
        <button type="submit" form={FORM} className="button button-main">
          {t('photo.send')}
        </button>
      }
    >
      <img className="photo-preview" src={url} alt={t('photo.preview')} />
      <form
        id={FORM}
        className="field"
        onSubmit={(event) => {
          event.preventDefault();
          send(caption.trim());
        }}
      >
        <label htmlFor="caption">{t('photo.caption')}</label>
        <input
          id="caption"
          className="input"
          dir="auto"
          value={caption}
          maxLength={LIMITS.wordLength}
          enterKeyHint="send"
          autoComplete="off"
          onChange={(event) => setCaption(event.currentTarget.value)}
        />
      </form>
    </Sheet>
  );
}
