import { useMemo } from 'react';
import { useClockStore } from '../../stores/clock-store';
import { useLiveStore } from '../../stores/live-store';
import { useViewStore } from '../../stores/view-store';
import { orderRoster } from './roster-order';

/**
 * The ids to show, in order. Taken anew once a second and when somebody comes, goes, searches or sorts; not with
 * every batch: rows that swap places ten times a second can't be clicked.
 */
export function useRosterOrder(): readonly string[] {
  const search = useViewStore((state) => state.search);
  const sort = useViewStore((state) => state.sort);
  const count = useLiveStore((state) => state.devices.size);
  const second = useClockStore((state) => state.nowMs);
  return useMemo(() => {
    // These two say when to look again; what is looked at is the store itself.
    void count;
    void second;
    return orderRoster(useLiveStore.getState().devices.values(), search, sort);
  }, [search, sort, count, second]);
}
