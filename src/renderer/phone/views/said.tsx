import { IconCheck, IconClock } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type AudioNote, type LastWord, type PhotoState, usePhone } from '../stores/phone-store';
import { useFresh } from './use-fresh';

const wordText = (t: TFunction, { kind, state }: LastWord): string =>
  kind === 'text' ? t(`words.${state}`) : t(`checkIn.${state}`);

const photoText = (t: TFunction, state: PhotoState): string | null => (state === 'none' ? null : t(`photo.${state}`));

const audioText = (t: TFunction, { state }: AudioNote): string | null => {
  if (state === 'failed') return t('trouble.no-microphone');
  return state === 'kept' ? t('audio.sent') : null;
};

/** What became of the last thing each button sent. */
export function Said() {
  const { t } = useTranslation();
  const photo = usePhone((state) => state.photo);
  const audio = usePhone((state) => state.audio);
  const word = usePhone((state) => state.lastWord);
  return (
    <div className="said-list" role="status">
      <SaidLine text={photoText(t, photo)} mark={photo} isPending={photo === 'working'} testId="photo-state" />
      <SaidLine text={audioText(t, audio)} mark={audio} isPending={audio.state === 'working'} testId="audio-state" />
      <SaidLine
        text={word && wordText(t, word)}
        mark={word}
        isPending={word !== null && word.state !== 'stored'}
        testId="word-state"
      />
    </div>
  );
}

interface SaidLineProps {
  readonly text: string | null;
  /** Changes with the news. */
  readonly mark: unknown;
  readonly isPending: boolean;
  readonly testId: string;
}

function SaidLine({ text, mark, isPending, testId }: SaidLineProps) {
  const isFresh = useFresh(mark, isPending);
  if (!text || !isFresh) return null;
  const Icon = isPending ? IconClock : IconCheck;
  return (
    <p className="said" data-testid={testId}>
      <Icon size={18} aria-hidden="true" />
      {text}
    </p>
  );
}
