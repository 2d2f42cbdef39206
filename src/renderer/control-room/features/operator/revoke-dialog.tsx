import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { LiveDevice } from '../../../../common/model/live-device';
import { revoke } from './revoke-person';

interface Props {
  readonly device: LiveDevice;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Asks once more before a phone loses its keys. */
export function RevokeDialog({ device, isOpen, onClose }: Props) {
  const submit = (): void => {
    revoke(device);
    onClose();
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Revoke the keys of ${device.name}`} size={440}>
      <Stack gap="md">
        <Text size="sm">
          The phone is disconnected at once and its keys open nothing any more. Use this for a phone that is lost or
          stolen. Everything it sent stays.
        </Text>
        <Text size="sm">
          If somebody scans the QR code with it, they are a new person, until you choose “Let pair again” here. Replace
          the QR code’s key too, if a stranger may have it.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" data-autofocus onClick={onClose}>
            Cancel
          </Button>
          <Button color="red.8" onClick={submit}>
            Revoke keys
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
