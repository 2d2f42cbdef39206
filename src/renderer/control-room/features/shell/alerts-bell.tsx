import { ActionIcon, Button, Indicator, Popover, Text } from '@mantine/core';
import { IconAlertOctagon, IconAlertTriangle, IconBell, IconInfoCircle } from '@tabler/icons-react';
import type { Alert, AlertSeverity } from '../../../../common/model/alert';
import { formatAge } from '../../format/time';
import { useAlertStore } from '../../stores/alert-store';
import { useClockStore } from '../../stores/clock-store';
import { useIsOperator } from '../../stores/connection-store';
import { acknowledge, seenWords } from './acknowledge';
import { PastAlerts } from './past-alerts';
import styles from './top-bar.module.css';

const ICON: Record<AlertSeverity, typeof IconBell> = {
  info: IconInfoCircle,
  warning: IconAlertTriangle,
  critical: IconAlertOctagon,
};

/** How many things want looking at, and on a click which. */
export function AlertsBell() {
  const alerts = useAlertStore((state) => state.alerts);
  const ringing = alerts.filter(({ acknowledged }) => acknowledged === null);
  const isCritical = ringing.some((alert) => alert.severity === 'critical');
  return (
    <Popover position="bottom-end" width={360} withArrow shadow="sm">
      <Indicator
        inline
        disabled={ringing.length === 0}
        label={ringing.length}
        size={15}
        offset={7}
        color={isCritical ? 'red' : 'yellow.7'}
      >
        <Popover.Target>
          <ActionIcon size="lg" aria-label={ringing.length === 0 ? 'No new alerts' : `Alerts: ${ringing.length}`}>
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
        <PastAlerts />
      </Popover.Dropdown>
    </Popover>
  );
}

function AlertLine({ alert }: { readonly alert: Alert }) {
  const nowMs = useClockStore((state) => state.nowMs);
  const isOperator = useIsOperator();
  const seen = seenWords(alert, nowMs);
  const Icon = ICON[alert.severity];
  return (
    <div className={styles.alert} data-severity={alert.severity} data-seen={seen !== null}>
      <Icon size={16} aria-label={alert.severity} />
      <span>{alert.sentence}</span>
      {alert.tip !== null && <p>{alert.tip}</p>}
      <p>
        {formatAge(nowMs - alert.raisedAtMs)} ago{seen !== null && `. ${seen}.`}
      </p>
      {seen === null && isOperator && (
        <Button size="compact-xs" variant="default" className={styles.seen} onClick={() => acknowledge(alert.id)}>
          Seen
        </Button>
      )}
    </div>
  );
}
