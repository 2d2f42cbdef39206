import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useViewStore } from '../../stores/view-store';
import styles from './roster.module.css';
import type { RosterSortKey } from './roster-order';

const COLUMNS: ReadonlyArray<{ readonly key: RosterSortKey; readonly label: string; readonly title: string }> = [
  { key: 'name', label: 'Name', title: 'Sort by name' },
  { key: 'rate', label: 'Per s', title: 'Sort by frames a second, over the last 10 s' },
  { key: 'frames', label: 'Frames', title: 'Sort by frames stored in this session' },
  { key: 'battery', label: 'Batt.', title: 'Sort by battery' },
  { key: 'lastSeen', label: 'Seen', title: 'Sort by when last heard of' },
];

/** Column heads of the roster; each sorts by its column, a second click turns it round. */
export function RosterHeader() {
  const sort = useViewStore((state) => state.sort);
  const sortBy = useViewStore((state) => state.sortBy);
  const Chevron = sort.direction === 'rising' ? IconChevronUp : IconChevronDown;
  return (
    <div className={styles.header} role="toolbar" aria-label="Sort people">
      {COLUMNS.map(({ key, label, title }) => (
        <UnstyledButton
          key={key}
          title={title}
          aria-pressed={sort.key === key}
          className={styles.columnHead}
          onClick={() => sortBy(key)}
        >
          {label}
          {sort.key === key && <Chevron size={12} stroke={2.5} aria-hidden />}
        </UnstyledButton>
      ))}
    </div>
  );
}
