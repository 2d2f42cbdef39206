import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { LiveDevice } from '../../../../common/model/live-device';
import { askHub } from '../../connect/ask-hub';
import { notifyDone, notifyFailure } from '../shell/notify';

interface Props {
  readonly device: LiveDevice;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Asks once more before a phone is removed, and for the reason it is told. */
export function RemoveDialog({ device, isOpen, onClose }: Props) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Remove ${device.name}`} size={420}>
      <RemoveForm device={device} onClose={onClose} />
    </Modal>
  );
}

function RemoveForm({ device: { deviceId, name }, onClose }: Pick<Props, 'device' | 'onClose'>) {
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    askHub('device.kick', { deviceId, reason: reason.trim() }).then(
      () => notifyDone(`${name} was removed`, 'The phone may come back in 10 minutes.'),
      (error: unknown) => notifyFailure(`${name} was not removed`, error),
    );
    onClose();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">
          The phone is disconnected and refused for 10 minutes. Everything it sent stays, and what it has not sent yet
          stays on the phone.
        </Text>
        <TextInput
          label="Reason"
          description="Shown on the phone."
          data-autofocus
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color="red.8">
            Remove
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
