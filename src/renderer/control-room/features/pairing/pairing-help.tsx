import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Pairing } from '../../../../common/contract/schemas';
import { askHub } from '../../connect/ask-hub';
import { useClockStore } from '../../stores/clock-store';
import { useLiveStore } from '../../stores/live-store';
import { usePairingStore } from '../../stores/pairing-store';
import styles from './pairing.module.css';
import { troublesOf } from './pairing-trouble';

/** A code shown this long with nobody coming is the one reliable sign that something is in the way. */
const HELP_AFTER_MS = 60_000;
/** How often it is asked meanwhile whether anything arrived, ms: no event tells of each arrival. */
const ASK_EVERY_MS = 5_000;

/** The checklist: by itself when nothing arrived in a minute, or asked for. */
export function PairingHelp({ pairing }: { readonly pairing: Pairing }) {
  const [shownAtMs] = useState(() => useClockStore.getState().nowMs);
  const [deviceCountAtStart] = useState(() => useLiveStore.getState().devices.size);
  const hasArrived = useLiveStore((state) => state.devices.size > deviceCountAtStart);
  const isLate = useClockStore((state) => state.nowMs - shownAtMs >= HELP_AFTER_MS);
  const [isAsked, setAsked] = useState(false);
  useEffect(() => {
    const ask = (): void => {
      // That the link is down is said elsewhere.
      askHub('pairing.get', {}).then(usePairingStore.getState().setPairing, () => undefined);
    };
    const timer = setInterval(ask, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  if (hasArrived) return null;
  const hasReached = pairing.reachedAtMs !== null && pairing.reachedAtMs >= shownAtMs;
  if (!isAsked && !isLate) {
    return (
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        className={styles.helpButton}
        onClick={() => setAsked(true)}
      >
        Nothing happens?
      </Button>
    );
  }
  return (
    <div className={styles.help} data-testid="pairing-help" data-has-reached={hasReached} role="status">
      <strong>
        {hasReached
          ? 'A phone reached this laptop, but nobody joined yet:'
          : 'Nothing arrived yet. Check, in this order:'}
      </strong>
      <ul>
        {troublesOf(pairing, hasReached).map((trouble) => (
          <li key={trouble}>{trouble}</li>
        ))}
      </ul>
    </div>
  );
}
