import { Button } from '@mantine/core';
import { IconAlertOctagon } from '@tabler/icons-react';
import { useAlertStore } from '../../stores/alert-store';
import { useIsOperator } from '../../stores/connection-store';
import { type LiveDevices, personOf, useLiveStore } from '../../stores/live-store';
import { acknowledge } from './acknowledge';
import styles from './banner.module.css';

/** Critical alerts interrupt: each a line of its own until somebody has seen it or its cause is gone. */
export function AlertsBanner() {
  const alerts = useAlertStore((state) => state.alerts);
  const devices = useLiveStore((state) => state.devices);
  const isOperator = useIsOperator();
  return alerts
    .filter(
      ({ severity, id, acknowledged }) =>
        severity === 'critical' && acknowledged === null && !isShownAsSos(devices, id),
    )
    .map((alert) => (
      <div key={alert.id} className={styles.banner} data-kind="trouble" role="alert">
        <IconAlertOctagon size={16} aria-hidden />
        <span>
          <strong>{alert.sentence}</strong> {alert.tip}
        </span>
        {isOperator && (
          <Button size="compact-xs" variant="default" onClick={() => acknowledge(alert.id)}>
            Seen
          </Button>
        )}
      </div>
    ));
}

/** A call for help has a banner of its own while its person is in the list. */
function isShownAsSos(devices: LiveDevices, alertId: string): boolean {
  return alertId.startsWith('sos.') && personOf(devices, alertId.slice('sos.'.length))?.sos?.active === true;
}
