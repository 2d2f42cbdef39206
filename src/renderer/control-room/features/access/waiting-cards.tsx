import { Button } from '@mantine/core';
import { IconCheck, IconUserQuestion, IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { WaitingDevice } from '../../../../common/model/access';
import { systemWords } from '../../format/system-words';
import { formatAge } from '../../format/time';
import { useAccessStore } from '../../stores/access-store';
import { useClockStore } from '../../stores/clock-store';
import { useConnectionStore, useIsOperator } from '../../stores/connection-store';
import { useViewStore } from '../../stores/view-store';
import styles from './access.module.css';
import { decide, loadAccess } from './decide';

/** Cards shown above the roster; the rest is in the dialog. */
const SHOWN = 3;

/** Phones that wait to be let in, above everybody who is. Nothing is covered, and nothing has to be done at once. */
export function WaitingCards() {
  const client = useConnectionStore((state) => state.client);
  const isOperator = useIsOperator();
  const waiting = useAccessStore((state) => state.access?.waiting);
  const open = useViewStore((state) => state.open);
  useEffect(() => {
    if (client && isOperator) loadAccess();
  }, [client, isOperator]);
  if (!waiting || waiting.length === 0) return null;
  return (
    <section className={styles.waiting} aria-label="Waiting for you" data-testid="waiting">
      <h3>
        <IconUserQuestion size={16} aria-hidden /> Waiting for you <span>{waiting.length}</span>
      </h3>
      <ul>
        {waiting.slice(0, SHOWN).map((device) => (
          <WaitingCard key={device.deviceId} device={device} />
        ))}
      </ul>
      {waiting.length > SHOWN && (
        <Button mt={6} size="compact-xs" variant="subtle" onClick={() => open('access')}>
          Show all {waiting.length}
        </Button>
      )}
    </section>
  );
}

/** One of them, by what it says of itself. */
export function WaitingCard({ device }: { readonly device: WaitingDevice }) {
  const nowMs = useClockStore((state) => state.nowMs);
  const { deviceId, name, platform, userAgent, address, lastSeenAtMs, isOnline } = device;
  const system = systemWords(platform, userAgent) ?? 'System not said';
  return (
    <li className={styles.card} data-testid="waiting-card" data-device-id={deviceId}>
      <strong className={styles.cut} title={name}>
        {name}
      </strong>
      <span className={`${styles.cut} ${styles.said}`} title={platform ?? userAgent ?? undefined}>
        {system}
      </span>
      <span className={`${styles.cut} ${styles.said}`}>
        {address ?? 'Address not known'} · {isOnline ? 'connected' : `tried ${formatAge(nowMs - lastSeenAtMs)} ago`}
      </span>
      <span className={styles.decide}>
        <Button
          size="compact-sm"
          leftSection={<IconCheck size={14} aria-hidden />}
          aria-label={`Approve ${name}`}
          onClick={() => decide(deviceId, true)}
        >
          Approve
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconX size={14} aria-hidden />}
          aria-label={`Deny ${name}`}
          onClick={() => decide(deviceId, false)}
        >
          Deny
        </Button>
      </span>
    </li>
  );
}
