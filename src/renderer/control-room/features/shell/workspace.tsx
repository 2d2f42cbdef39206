import { lazy, Suspense } from 'react';
import { useViewStore } from '../../stores/view-store';
import { DetailPanel } from '../detail/detail-panel';
import { Roster } from '../roster/roster';
import styles from './workspace.module.css';

// Leaflet and the map are half of the bundle: the roster need not wait for them.
const LiveMap = lazy(async () => ({ default: (await import('../map/live-map')).LiveMap }));

/** Roster, map and, when somebody is selected, the detail panel. */
export function Workspace() {
  const selectedId = useViewStore((state) => state.selectedId);
  return (
    <main className={styles.workspace} data-has-detail={selectedId !== null}>
      <Roster />
      <section className={styles.map} aria-label="Map">
        <Suspense fallback={null}>
          <LiveMap />
        </Suspense>
      </section>
      {selectedId !== null && <DetailPanel key={selectedId} deviceId={selectedId} />}
    </main>
  );
}
