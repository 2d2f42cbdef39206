import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { PastAlert } from '../../../../common/model/alert';
import { askHub } from '../../connect/ask-hub';
import { formatMoment } from '../../format/time';
import { useAlertStore } from '../../stores/alert-store';
import { useClockStore } from '../../stores/clock-store';
import styles from './top-bar.module.css';

/** What is over: when it was raised, seen and cleared. Asked for anew whenever something changes. */
export function PastAlerts() {
  const changes = useAlertStore((state) => state.changes);
  const [past, setPast] = useState<readonly PastAlert[]>([]);
  useEffect(() => {
    let isGone = changes < 0;
    askHub('alert.log', {}).then(
      (log) => {
        if (!isGone) setPast(log.alerts.filter(({ clearedAtMs }) => clearedAtMs !== null));
      },
      // Beside the point while the hub is away: what is shown stays.
      () => {},
    );
    return () => {
      isGone = true;
    };
  }, [changes]);
  if (past.length === 0) return null;
  return (
    <section aria-label="Earlier" data-testid="past-alerts">
      <Text component="h3" size="xs" fw={600} c="dimmed" px={4} pt="xs">
        Earlier
      </Text>
      {past.map((alert) => (
        <PastLine key={`${alert.id} ${alert.raisedAtMs}`} alert={alert} />
      ))}
    </section>
  );
}

function PastLine({ alert }: { readonly alert: PastAlert }) {
  const nowMs = useClockStore((state) => state.nowMs);
  const times = [
    `Raised ${formatMoment(alert.raisedAtMs, nowMs)}`,
    alert.acknowledged && `seen ${formatMoment(alert.acknowledged.atMs, nowMs)}`,
    alert.clearedAtMs !== null && `over ${formatMoment(alert.clearedAtMs, nowMs)}`,
  ].filter(Boolean);
  return (
    <div className={styles.alert} data-severity="past">
      <span />
      <span>{alert.sentence}</span>
      <p>{times.join(', ')}</p>
    </div>
  );
}
