import { Loader, Modal, Text } from '@mantine/core';
import { useEffect } from 'react';
import { askHub } from '../../connect/ask-hub';
import { useConnectionStore } from '../../stores/connection-store';
import { usePairingStore } from '../../stores/pairing-store';
import { useViewStore } from '../../stores/view-store';
import { notifyFailure } from '../shell/notify';
import { AddressChoice } from './address-choice';
import { JoinCode } from './join-code';
import { JoinLink } from './join-link';
import { MoreWays } from './more-ways';
import styles from './pairing.module.css';
import { PairingHelp } from './pairing-help';
import { QrCode } from './qr-code';
import { ReachProof } from './reach-proof';

/** What phones need to get in: the code, the address behind it, and what to do when nothing happens. */
export function PairingDialog() {
  const isOpen = useViewStore((state) => state.dialog === 'pairing');
  const open = useViewStore((state) => state.open);
  return (
    <Modal.Stack>
      <Modal stackId="pairing" opened={isOpen} onClose={() => open(null)} title="Pair phones" size={780}>
        <PairingContent />
      </Modal>
    </Modal.Stack>
  );
}

function PairingContent() {
  const pairing = usePairingStore((state) => state.pairing);
  const client = useConnectionStore((state) => state.client);
  useEffect(() => {
    if (!client) return;
    askHub('pairing.get', {})
      .then(usePairingStore.getState().setPairing)
      .catch((error: unknown) => notifyFailure('The QR code is not to be had', error));
  }, [client]);
  if (!pairing) return <Loader size="sm" m="xl" />;
  return (
    <div className={styles.dialog} data-testid="pairing" data-autofocus tabIndex={-1}>
      <div className={styles.left}>
        <div className={styles.code}>
          <QrCode url={pairing.joinUrl} sizePx={300} />
        </div>
        <JoinLink joinUrl={pairing.joinUrl} />
        <JoinCode pairing={pairing} />
      </div>
      <div className={styles.right}>
        <ol className={styles.steps}>
          <li>Join the same WiFi as this laptop.</li>
          <li>Point the phone’s camera at the code and open the link.</li>
          <li>Follow the page: it installs the hub’s certificate once, then asks for a name.</li>
          <li>Tap Start. The person appears in the list here.</li>
        </ol>
        <AddressChoice pairing={pairing} />
        <ReachProof pairing={pairing} />
        <PairingHelp pairing={pairing} />
        {pairing.caFingerprint !== null && (
          <div className={styles.fingerprint}>
            <Text size="xs" c="dimmed">
              Certificate fingerprint (SHA-256), to compare with what the phone’s own settings show:
            </Text>
            <code>{pairing.caFingerprint}</code>
          </div>
        )}
      </div>
      <MoreWays />
    </div>
  );
}
