import type { LiveDevice } from '../../../../common/model/live-device';
import { Section } from '../detail/section';
import styles from './words.module.css';

/** What the operator wrote about the person; nothing is shown before they did. */
export function NoteSection({ device }: { readonly device: LiveDevice }) {
  if (device.note === '') return null;
  return (
    <Section title="Note">
      <p className={styles.note} data-testid="note">
        {device.note}
      </p>
    </Section>
  );
}
