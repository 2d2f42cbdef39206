import { IconMessage } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '../../../common/wire/limits';
import type { PhoneSession } from '../phone-session';
import { ActButton } from './act-button';
import { Sheet } from './sheet';

const FORM = 'text';

/** A few words to the operator. What was written stays until it is sent. */
export function TextAction({ session }: { readonly session: PhoneSession }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const [text, setText] = useState('');
  return (
    <>
      <ActButton icon={IconMessage} label={t('words.button')} onClick={() => setIsOpen(true)} />
      {isOpen && (
        <Sheet
          title={t('words.title')}
          close={() => setIsOpen(false)}
          actions={
            <button type="submit" form={FORM} className="button button-main" disabled={text.trim() === ''}>
              {t('words.send')}
            </button>
          }
        >
          <form
            id={FORM}
            className="field"
            onSubmit={(event) => {
              event.preventDefault();
              session.sendText(text.trim());
              setText('');
              setIsOpen(false);
            }}
          >
            <label htmlFor="words">{t('words.label')}</label>
            <textarea
              id="words"
              className="input input-words"
              dir="auto"
              rows={4}
              value={text}
              maxLength={LIMITS.wordLength}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          </form>
        </Sheet>
      )}
    </>
  );
}
