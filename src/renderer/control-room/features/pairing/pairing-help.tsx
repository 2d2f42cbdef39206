import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Pairing } from '../../../../common/contract/schemas';
import { useLiveStore } from '../../stores/live-store';
import styles from './pairing.module.css';

/** A code shown this long with nobody coming is the one reliable sign that something is in the way. */
const HELP_AFTER_MS = 60_000;

/** The checklist: by itself when nothing arrived in a minute, or asked for. */
export function PairingHelp({ pairing }: { readonly pairing: Pairing }) {
  const [deviceCountAtStart] = useState(() => useLiveStore.getState().devices.size);
  const hasArrived = useLiveStore((state) => state.devices.size > deviceCountAtStart);
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsShown(true), HELP_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (hasArrived) return null;
  if (!isShown) {
    return (
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        className={styles.helpButton}
        onClick={() => setIsShown(true)}
      >
        Nothing happens?
      </Button>
    );
  }
  const ports = [pairing.httpPort, ...(pairing.tlsPort === null ? [] : [pairing.tlsPort])].join(' and ');
  return (
    <div className={styles.help} data-testid="pairing-help">
      <strong>Nothing arrived yet. Check, in this order:</strong>
      <ul>
        <li>Phone and laptop are in the same WiFi, and the phone stays in it although it has no internet.</li>
        <li>It is not a guest network: those keep devices apart. A phone’s hotspot works too.</li>
        <li>The laptop’s firewall lets ports {ports} in, in this network.</li>
        <li>VPN and mobile data on the phone are off.</li>
        <li>The address above is the one of that network: try another.</li>
      </ul>
    </div>
  );
}
