import { useShallow } from 'zustand/react/shallow';
import { useClockStore } from '../../stores/clock-store';
import { useLiveStore } from '../../stores/live-store';
import { type Presence, presenceOf } from '../../stores/presence';
import styles from './roster.module.css';

/** "People 12 · 10 online · 1 silent · 1 offline": the team at a glance. */
export function RosterSummary({ shown }: { readonly shown: number }) {
  const nowMs = useClockStore((state) => state.nowMs);
  const counts = useLiveStore(
    useShallow((state) => {
      const tally: Record<Presence, number> = { online: 0, stale: 0, offline: 0 };
      for (const device of state.devices.values()) tally[presenceOf(device, nowMs)] += 1;
      return tally;
    }),
  );
  const all = counts.online + counts.stale + counts.offline;
  return (
    <div className={styles.summary}>
      <h2>People</h2>
      <span>{shown === all ? all : `${shown} of ${all}`}</span>
      <span className={styles.tally}>
        <span data-presence="online">{counts.online} online</span>
        {counts.stale > 0 && <span data-presence="stale">{counts.stale} silent</span>}
        {counts.offline > 0 && <span data-presence="offline">{counts.offline} offline</span>}
      </span>
    </div>
  );
}
