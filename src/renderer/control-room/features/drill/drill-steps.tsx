import { IconCheck, IconX } from '@tabler/icons-react';
import type { DrillStep } from '../../../../common/model/drill';
import { formatCount } from '../../format/quantity';
import { formatDelay } from '../../format/time';
import styles from './drill.module.css';

/** The numbers of phones that were tried, and which of them this laptop kept up with. */
export function DrillSteps({ steps }: { readonly steps: readonly DrillStep[] }) {
  if (steps.length === 0) return null;
  return (
    <ul className={styles.steps} aria-label="Steps so far">
      {steps.map(({ phones, held, p99Ms }) => (
        <li key={phones} data-held={held} data-testid="drill-step">
          {held ? <IconCheck size={15} aria-label="kept up" /> : <IconX size={15} aria-label="fell behind" />}
          <strong>{formatCount(phones)}</strong>
          <span>{p99Ms === null ? 'no ack' : formatDelay(p99Ms)}</span>
        </li>
      ))}
    </ul>
  );
}
