import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useId, useState } from 'react';
import { askHub } from '../../connect/ask-hub';
import { usePairingStore } from '../../stores/pairing-store';
import { notifyDone, notifyFailure } from '../shell/notify';
import styles from './keys.module.css';

/** Typed before it is done: it costs every phone its trust. */
const WORDS = 'every phone again';

/** Of 32 pairs with their colons: two lines of 16. */
const HALF = 48;

/** The certificate authority that phones trust, and a new one in its place. */
export function Authority() {
  const fingerprint = usePairingStore((state) => state.pairing?.caFingerprint ?? null);
  const stackId = useId();
  const [isAsking, setAsking] = useState(false);
  if (fingerprint === null) {
    return (
      <Text size="sm" c="dimmed">
        This hub has none: it runs without TLS, or with a certificate of your own.
      </Text>
    );
  }
  return (
    <div className={styles.shared} data-testid="authority">
      <div>
        <strong>Fingerprint</strong>
        <Text size="xs" ff="monospace" className={styles.fingerprint} data-testid="authority-fingerprint">
          {fingerprint.slice(0, HALF)}
          <wbr />
          {fingerprint.slice(HALF)}
        </Text>
        <Text size="sm">Make a new one when somebody may have copied its key, such as from a lost laptop.</Text>
      </div>
      <Button size="xs" variant="default" className={styles.last} onClick={() => setAsking(true)}>
        Make a new one…
      </Button>
      <Modal
        stackId={stackId}
        opened={isAsking}
        onClose={() => setAsking(false)}
        title="Make a new certificate authority?"
        size={460}
      >
        <Question onClose={() => setAsking(false)} />
      </Modal>
    </div>
  );
}

function Question({ onClose }: { readonly onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [isMaking, setMaking] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setMaking(true);
    askHub('tls.newAuthority', {}).then(
      () => {
        notifyDone(
          'There is a new certificate authority',
          'Every phone has to install and trust it: show the QR code.',
        );
        onClose();
      },
      (error: unknown) => {
        setMaking(false);
        notifyFailure('No new authority was made', error);
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">
          Every phone, and every browser that opens this control room over the network, has to install and trust the new
          one before it can come in again. Phones that are connected stay until their connection ends. The keys stay as
          they are, and nothing that was recorded is lost.
        </Text>
        <TextInput
          label={`Type “${WORDS}” to go on`}
          data-autofocus
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color="red.8" disabled={typed.trim().toLowerCase() !== WORDS} loading={isMaking}>
            Make a new authority
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
