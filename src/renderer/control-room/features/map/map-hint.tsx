import { useLiveStore } from '../../stores/live-store';
import styles from './live-map.module.css';

/** Says why the map is empty when people are here and none has a position. */
export function MapHint() {
  const isWaiting = useLiveStore(
    (state) => state.devices.size > 0 && ![...state.devices.values()].some((device) => device.position),
  );
  if (!isWaiting) return null;
  return <p className={styles.hint}>No position yet. Markers appear as soon as a phone shares its location.</p>;
}
