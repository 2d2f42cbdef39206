import { lazy, Suspense } from 'react';
import { useViewStore } from '../../stores/view-store';
import { DetailPanel } from '../detail/detail-panel';
import { Roster } from '../roster/roster';
import { MiddleBar } from '../wall/middle-bar';
import { Wall } from '../wall/wall';
import styles from './workspace.module.css';

// Leaflet and the map are half of the bundle: the roster need not wait for them.
const LiveMap = lazy(async () => ({ default: (await import('../map/live-map')).LiveMap }));

const WALL_ID = 'wall';

/** Roster, map or shared screens or both and, when somebody is selected, the detail panel. */
export function Workspace() {
  const selectedId = useViewStore((state) => state.selectedId);
  const middle = useViewStore((state) => state.middle);
  return (
    <main className={styles.workspace} data-has-detail={selectedId !== null}>
      <Roster />
      <div className={styles.middle}>
        <MiddleBar wallId={WALL_ID} />
        <div className={styles.panes} data-middle={middle}>
          {middle !== 'screens' && (
            <section className={styles.map} aria-label="Map">
              <Suspense fallback={null}>
                <LiveMap />
              </Suspense>
            </section>
          )}
          {middle !== 'map' && (
            <section id={WALL_ID} className={styles.map} aria-label="Shared screens">
              <Wall />
            </section>
          )}
        </div>
      </div>
      {selectedId !== null && <DetailPanel key={selectedId} deviceId={selectedId} />}
    </main>
  );
}
