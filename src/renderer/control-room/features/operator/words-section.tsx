import { useShallow } from 'zustand/react/shallow';
import type { LiveDevice } from '../../../../common/model/live-device';
import { formatAge } from '../../format/time';
import { useClockStore } from '../../stores/clock-store';
import { type PersonWord, useWordStore } from '../../stores/word-store';
import { Section } from '../detail/section';
import styles from './words.module.css';

const SHOWN = 5;

/** What the person wrote and answered since this page was opened; nothing is shown before they do. */
export function WordsSection({ device }: { readonly device: LiveDevice }) {
  const words = useWordStore(useShallow((state) => wordsOf(state.words, device)));
  const nowMs = useClockStore((state) => state.nowMs);
  if (words.length === 0) return null;
  return (
    <Section title="Answers and messages">
      <ul className={styles.words} data-testid="words">
        {words.slice(0, SHOWN).map((word) => (
          <li key={`${word.kind} ${word.to} ${word.atMs}`} data-kind={word.kind}>
            <span>{wordText(word)}</span>
            <span className={styles.age}>{formatAge(nowMs - word.atMs)} ago</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Newest first, of every device that is this person. */
function wordsOf(
  words: ReadonlyMap<string, readonly PersonWord[]>,
  { deviceId, merged }: LiveDevice,
): readonly PersonWord[] {
  return [deviceId, ...merged].flatMap((id) => words.get(id) ?? []).sort((a, b) => b.atMs - a.atMs);
}

function wordText({ kind, text }: PersonWord): string {
  return kind === 'read' ? 'Read your message' : `“${text ?? ''}”`;
}
