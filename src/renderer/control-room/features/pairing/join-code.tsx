import { Button, Text } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { useState } from 'react';
import type { Pairing } from '../../../../common/contract/schemas';
import { showJoinCode } from '../../../../common/wire/join-code';
import { askHub } from '../../connect/ask-hub';
import { formatDuration } from '../../format/time';
import { useClockStore } from '../../stores/clock-store';
import { usePairingStore } from '../../stores/pairing-store';
import { notifyFailure } from '../shell/notify';
import { withoutKey } from './join-link-text';
import styles from './pairing.module.css';

/** The way in for a phone whose camera reads no code: an address and eight characters to type. Made when it is asked for. */
export function JoinCode({ pairing: { code, joinUrl } }: { readonly pairing: Pairing }) {
  const nowMs = useClockStore((state) => state.nowMs);
  const [wasShown, setShown] = useState(false);
  const make = (): void => {
    setShown(true);
    askHub('pairing.newCode', {})
      .then(usePairingStore.getState().setPairing)
      .catch((error: unknown) => notifyFailure('There is no code', error));
  };
  const leftMs = code === null ? 0 : code.expiresAtMs - nowMs;
  if (code === null || leftMs <= 0) {
    return (
      <div className={styles.typed}>
        {wasShown && (
          <Text size="sm" role="status">
            The code is used up or too old.
          </Text>
        )}
        <Button size="xs" variant="default" leftSection={<IconKeyboard size={15} aria-hidden />} onClick={make}>
          {wasShown ? 'New code' : 'No camera? Show a code to type'}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.typed} data-testid="join-code">
      <Text size="sm">
        Type in the phone’s browser: <code>{withoutKey(joinUrl)}</code>
      </Text>
      <output className={styles.digits} aria-label={`Code ${[...code.code].join(' ')}`}>
        {showJoinCode(code.code)}
      </output>
      <div className={styles.typedFoot}>
        <Text size="xs" c="dimmed" role="timer">
          Good for one phone, {formatDuration(leftMs)} more
        </Text>
        <Button size="compact-xs" variant="subtle" onClick={make}>
          New code
        </Button>
      </div>
    </div>
  );
}
