import { Loader } from '@mantine/core';
import { useEffect } from 'react';
import { askHub } from '../../connect/ask-hub';
import { useConnectionStore } from '../../stores/connection-store';
import { usePairingStore } from '../../stores/pairing-store';
import { AddressChoice } from '../pairing/address-choice';
import { PrintDialog } from '../print/print-dialog';
import { notifyFailure } from '../shell/notify';
import { Poster } from './poster';
import styles from './poster.module.css';
import { useWifi } from './use-wifi';
import { WifiForm } from './wifi-form';

/** A poster with two codes: the WiFi, then the hub. */
export function PosterDialog({ onClose }: { readonly onClose: () => void }) {
  const { wifi, isLoaded, keep } = useWifi();
  const pairing = usePairingStore((state) => state.pairing);
  const client = useConnectionStore((state) => state.client);
  useEffect(() => {
    if (!client) return;
    askHub('pairing.get', {})
      .then(usePairingStore.getState().setPairing)
      .catch((error: unknown) => notifyFailure('The QR code is not to be had', error));
  }, [client]);
  return (
    <PrintDialog
      title="Poster with two codes"
      onClose={onClose}
      isReady={pairing !== null && isLoaded}
      settings={
        <>
          {isLoaded && <WifiForm wifi={wifi} onKeep={keep} />}
          {pairing && pairing.choices.length > 1 && (
            <div className={styles.addresses}>
              <AddressChoice pairing={pairing} />
            </div>
          )}
        </>
      }
    >
      {(paper) => (pairing ? <Poster pairing={pairing} wifi={wifi} paper={paper} /> : <Loader size="sm" m="xl" />)}
    </PrintDialog>
  );
}
