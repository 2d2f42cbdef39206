import { Button, TextInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { MjpegSource } from '../../../../../common/model/mjpeg-source';
import { useIsOperator } from '../../../stores/connection-store';
import { openWithPin } from './mjpeg-actions';
import { lockWords } from './mjpeg-words';
import styles from './pin-form.module.css';

/** Over the picture of a screen that is locked: why, and where the operator types its PIN. */
export function PinForm({ source, name }: { readonly source: MjpegSource; readonly name: string }) {
  const isOperator = useIsOperator();
  const [pin, setPin] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    openWithPin(source, pin.trim());
    setPin('');
  };
  return (
    <div className={styles.lock} data-testid="pin" data-state={source.state}>
      <p>
        <IconLock size={16} aria-hidden /> {lockWords(source.state)}
      </p>
      {isOperator && (
        <form onSubmit={submit}>
          <TextInput
            size="xs"
            aria-label={`PIN of ${name}`}
            placeholder="PIN"
            inputMode="numeric"
            autoComplete="off"
            maxLength={32}
            value={pin}
            onChange={(event) => setPin(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" disabled={pin.trim() === ''}>
            Open
          </Button>
        </form>
      )}
    </div>
  );
}
