import { Text } from '@mantine/core';
import { type KeyboardEvent, type MouseEvent, useId, useState } from 'react';
import { useViewStore } from '../../stores/view-store';
import styles from './roster.module.css';
import { RosterRow } from './roster-row';
import { useVirtualRows } from './use-virtual-rows';

const ROW_HEIGHT_PX = 36;

/** The rows: only those in view are in the document. Arrows move, Enter selects, Escape lets go. */
export function RosterList({ order }: { readonly order: readonly string[] }) {
  const listId = useId();
  const [activeId, setActiveId] = useState<string | null>(null);
  const selectedId = useViewStore((state) => state.selectedId);
  const select = useViewStore((state) => state.select);
  const isSearching = useViewStore((state) => state.search !== '');
  const { items, totalPx, setScroller, scrollTo } = useVirtualRows(order.length, ROW_HEIGHT_PX);

  const moveTo = (index: number): void => {
    const target = Math.min(Math.max(index, 0), order.length - 1);
    setActiveId(order[target] ?? null);
    scrollTo(target);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const index = order.indexOf(activeId ?? selectedId ?? '');
    const moves: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + 10,
      PageUp: index - 10,
      Home: 0,
      End: order.length - 1,
    };
    const move = moves[event.key];
    if (move !== undefined) moveTo(move);
    else if (event.key === 'Enter' && activeId !== null) select(activeId);
    else if (event.key === 'Escape') select(null);
    else return;
    event.preventDefault();
  };

  const onClick = (event: MouseEvent): void => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-device-id]') : null;
    const deviceId = row?.dataset.deviceId;
    if (deviceId !== undefined) select(deviceId === selectedId ? null : deviceId);
  };

  const rowId = (deviceId: string): string => `${listId}-${deviceId}`;
  return (
    <div
      ref={setScroller}
      className={styles.list}
      role="listbox"
      aria-label="People"
      tabIndex={0}
      aria-activedescendant={activeId !== null && order.includes(activeId) ? rowId(activeId) : undefined}
      onClick={onClick}
      onKeyDown={onKeyDown}
      onBlur={() => setActiveId(null)}
    >
      {isSearching && order.length === 0 && (
        <Text size="sm" c="dimmed" p="md" ta="center">
          Nobody matches.
        </Text>
      )}
      <div style={{ height: totalPx, position: 'relative' }}>
        {items.map(({ index, start }) => {
          const deviceId = order[index];
          if (deviceId === undefined) return null;
          return (
            <RosterRow
              key={deviceId}
              deviceId={deviceId}
              domId={rowId(deviceId)}
              index={index}
              count={order.length}
              topPx={start}
              isActive={activeId === deviceId}
            />
          );
        })}
      </div>
    </div>
  );
}
