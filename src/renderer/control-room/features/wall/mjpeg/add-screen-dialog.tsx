import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { askHub, sentenceOf } from '../../../connect/ask-hub';
import { useLiveStore } from '../../../stores/live-store';

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Adds a screen that an app serves: of a phone that is here, or at an address. */
export function AddScreenDialog({ isOpen, onClose }: Props) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Add a screen" size={460}>
      <AddScreenForm onClose={onClose} />
    </Modal>
  );
}

function AddScreenForm({ onClose }: Pick<Props, 'onClose'>) {
  const devices = useLiveStore((state) => state.devices);
  const [deviceId, setDeviceId] = useState<string | null>(null);
  const [address, setAddress] = useState('');
  const [pin, setPin] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);
  const typed = address.trim();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTrouble(null);
    askHub('mjpeg.add', {
      deviceId,
      address: typed === '' ? null : typed,
      pin: pin.trim() === '' ? null : pin.trim(),
    }).then(onClose, (error: unknown) => setTrouble(sentenceOf(error)));
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">
          An Android phone shares its screen with the free app ScreenStream (local mode, MJPEG). It shows an address
          and, if it is set so, a PIN.
        </Text>
        <Select
          label="Whose screen"
          placeholder="Nobody known"
          clearable
          searchable
          value={deviceId}
          onChange={setDeviceId}
          data={[...devices.values()].map(({ deviceId: value, name }) => ({ value, label: name }))}
        />
        <TextInput
          label="Address"
          description={deviceId === null ? 'As the app shows it.' : 'Left empty: the phone’s own, port 8080.'}
          placeholder="192.168.1.20:8080"
          data-autofocus
          maxLength={300}
          error={trouble}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <TextInput
          label="PIN"
          description="Only if the app shows one."
          maxLength={32}
          autoComplete="off"
          inputMode="numeric"
          w={160}
          value={pin}
          onChange={(event) => setPin(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={deviceId === null && typed === ''}>
            Add
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
