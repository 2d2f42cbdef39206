import { ActionIcon, Indicator, Popover, Text } from '@mantine/core';
import { IconAlertOctagon, IconAlertTriangle, IconBell, IconInfoCircle } from '@tabler/icons-react';
import type { Alert, AlertSeverity } from '../../../../common/model/alert';
import { formatAge } from '../../format/time';
import { useAlertStore } from '../../stores/alert-store';
import { useClockStore } from '../../stores/clock-store';
import styles from './top-bar.module.css';

const ICON: Record<AlertSeverity, typeof IconBell> = {
  info: IconInfoCircle,
  warning: IconAlertTriangle,
  critical: IconAlertOctagon,
};

/** How many things want looking at, and on a click which. */
export function AlertsBell() {
  const alerts = useAlertStore((state) => state.alerts);
  const isCritical = alerts.some((alert) => alert.severity === 'critical');
  return (
    <Popover position="bottom-end" width={360} withArrow shadow="sm">
      <Indicator
        inline
        disabled={alerts.length === 0}
        label={alerts.length}
        size={15}
        offset={7}
        color={isCritical ? 'red' : 'yellow.7'}
      >
        <Popover.Target>
          <ActionIcon size="lg" aria-label={alerts.length === 0 ? 'No alerts' : `Alerts: ${alerts.length}`}>
            <IconBell size={18} stroke={1.75} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p="xs" mah={480} style={{ overflowY: 'auto' }}>
        {alerts.length === 0 ? (
          <Text size="sm" c="dimmed" ta="center" p="xs">
            No alerts. Trouble shows up here.
          </Text>
        ) : (
          alerts.map((alert) => <AlertLine key={alert.id} alert={alert} />)
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function AlertLine({ alert }: { readonly alert: Alert }) {
  const nowMs = useClockStore((state) => state.nowMs);
  const Icon = ICON[alert.severity];
  return (
    <div className={styles.alert} data-severity={alert.severity}>
      <Icon size={16} aria-label={alert.severity} />
      <span>{alert.sentence}</span>
      {alert.tip !== null && <p>{alert.tip}</p>}
      <p>{formatAge(nowMs - alert.raisedAtMs)} ago</p>
    </div>
  );
}
