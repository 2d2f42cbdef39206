import { IconAlertOctagon } from '@tabler/icons-react';
import { useAlertStore } from '../../stores/alert-store';
import styles from './banner.module.css';

/** Critical alerts interrupt: each a line of its own until its cause is gone. */
export function AlertsBanner() {
  const alerts = useAlertStore((state) => state.alerts);
  return alerts
    .filter((alert) => alert.severity === 'critical')
    .map((alert) => (
      <div key={alert.id} className={styles.banner} data-kind="trouble" role="alert">
        <IconAlertOctagon size={16} aria-hidden />
        <span>
          <strong>{alert.sentence}</strong> {alert.tip}
        </span>
      </div>
    ));
}
