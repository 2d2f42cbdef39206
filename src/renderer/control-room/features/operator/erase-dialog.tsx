import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { erasedWords } from '../../../../common/model/erased-words';
import type { LiveDevice } from '../../../../common/model/live-device';
import { askHub } from '../../connect/ask-hub';
import { formatCount } from '../../format/quantity';
import { useViewStore } from '../../stores/view-store';
import { notifyDone, notifyFailure } from '../shell/notify';

interface Props {
  readonly device: LiveDevice;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Asks for the name before a person's data is gone for good. */
export function EraseDialog({ device, isOpen, onClose }: Props) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Erase the data of ${device.name}`} size={460}>
      <EraseForm device={device} onClose={onClose} />
    </Modal>
  );
}

function EraseForm({ device: { deviceId, name }, onClose }: Pick<Props, 'device' | 'onClose'>) {
  const [typed, setTyped] = useState('');
  const [isErasing, setIsErasing] = useState(false);
  const select = useViewStore((state) => state.select);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setIsErasing(true);
    // What was typed, so that the hub checks it once more.
    askHub('device.erase', { deviceId, name: typed }).then(
      (gone) => {
        notifyDone('One person’s data is erased', `Gone: ${erasedWords(gone, formatCount)}.`);
        onClose();
        select(null);
      },
      (error: unknown) => {
        setIsErasing(false);
        notifyFailure('The data was not erased', error);
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">
          Every frame, photo, sound, message, recording and the name of this person are erased from all sessions on this
          laptop, for good. Photos that other people sent too stay with them. Exports and backups made before, those in
          the folder “backups” too, still have all of it: delete them by hand.
        </Text>
        <Text size="sm">
          The phone is disconnected for 10 minutes and does not send any of it again. The certificates will say how many
          frames were erased on request.
        </Text>
        <TextInput
          label={`Type “${name}” to erase`}
          data-autofocus
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color="red.8" disabled={typed.trim() !== name.trim()} loading={isErasing}>
            Erase for good
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
