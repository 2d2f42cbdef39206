import { CloseButton, Kbd, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRef } from 'react';
import { useLiveStore } from '../../stores/live-store';
import { useViewStore } from '../../stores/view-store';
import { WaitingCards } from '../access/waiting-cards';
import styles from './roster.module.css';
import { RosterEmpty } from './roster-empty';
import { RosterHeader } from './roster-header';
import { RosterList } from './roster-list';
import { RosterSummary } from './roster-summary';
import { useRosterOrder } from './use-roster-order';

const TAKES_ESCAPE = '[role="dialog"], [role="menu"]';

/** A dialog or popover that is open takes the Escape for itself; without transitions it may be gone by now. */
function isTaken({ target }: KeyboardEvent): boolean {
  const isFromThere = target instanceof Element && target.closest(TAKES_ESCAPE) !== null;
  return isFromThere || document.querySelector(TAKES_ESCAPE) !== null;
}

/** The left column: search, sort and everybody in it. */
export function Roster() {
  const order = useRosterOrder();
  const isEmpty = useLiveStore((state) => state.isLoaded && state.devices.size === 0);
  const search = useViewStore((state) => state.search);
  const setSearch = useViewStore((state) => state.setSearch);
  const field = useRef<HTMLInputElement>(null);
  const select = useViewStore((state) => state.select);
  useHotkeys([
    ['/', () => field.current?.focus()],
    ['Escape', (event) => isTaken(event) || select(null)],
  ]);
  return (
    <section className={styles.roster} aria-label="People">
      <div className={styles.tools}>
        <RosterSummary shown={order.length} />
        <TextInput
          ref={field}
          size="xs"
          aria-label="Search people"
          placeholder="Search name, address, platform"
          leftSection={<IconSearch size={14} aria-hidden />}
          rightSection={
            search === '' ? (
              <Kbd size="xs">/</Kbd>
            ) : (
              <CloseButton size="sm" aria-label="Clear search" onClick={() => setSearch('')} />
            )
          }
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            setSearch('');
            event.currentTarget.blur();
          }}
        />
      </div>
      <WaitingCards />
      {isEmpty ? (
        <RosterEmpty />
      ) : (
        <>
          <RosterHeader />
          <RosterList order={order} />
        </>
      )}
    </section>
  );
}
