import { Button, Loader, Modal, Stack, Switch, Text } from '@mantine/core';
import { useShallow } from 'zustand/react/shallow';
import { useAccessStore } from '../../stores/access-store';
import { useLiveStore } from '../../stores/live-store';
import { readmit } from '../operator/revoke-person';
import styles from './access.module.css';
import { setApproveFirst } from './decide';
import { WaitingCard } from './waiting-cards';

/** Who gets in: the setting, those who wait, and those whose keys were taken back. */
export function AccessDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Who gets in" size={520}>
      <Access />
    </Modal>
  );
}

function Access() {
  const access = useAccessStore((state) => state.access);
  if (!access) return <Loader size="sm" />;
  const { approveFirst, waiting } = access;
  return (
    <Stack gap="lg">
      <Switch
        data-autofocus
        checked={approveFirst}
        onChange={(event) => setApproveFirst(event.currentTarget.checked)}
        label="Approve new phones first"
        description="A phone that scans the code waits, and nothing it sends is stored, until you let it in. Phones that are known stay in."
      />
      <section className={styles.part} aria-label="Waiting for you">
        <h3>Waiting for you</h3>
        {waiting.length === 0 ? (
          <Text size="sm" c="dimmed">
            {approveFirst
              ? 'Nobody waits. A new phone appears here and above the list of people.'
              : 'Nobody waits: every phone with a key is let in at once.'}
          </Text>
        ) : (
          <ul className={styles.all}>
            {waiting.map((device) => (
              <WaitingCard key={device.deviceId} device={device} />
            ))}
          </ul>
        )}
      </section>
      <Revoked />
    </Stack>
  );
}

function Revoked() {
  const revoked = useLiveStore(useShallow((state) => [...state.devices.values()].filter((device) => device.isRevoked)));
  if (revoked.length === 0) return null;
  return (
    <section className={styles.part} aria-label="Keys revoked">
      <h3>Keys revoked</h3>
      <ul className={styles.all}>
        {revoked.map((device) => (
          <li key={device.deviceId} className={styles.revoked} data-testid="revoked">
            <span className={styles.cut} title={device.name}>
              {device.name}
            </span>
            <Button size="compact-sm" variant="default" onClick={() => readmit(device)}>
              Let pair again
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
