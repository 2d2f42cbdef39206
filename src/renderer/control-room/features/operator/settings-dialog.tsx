import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { LiveDevice } from '../../../../common/model/live-device';
import { askHub } from '../../connect/ask-hub';
import { notifyFailure } from '../shell/notify';
import { ColourChoice } from './colour-choice';

interface Props {
  readonly device: LiveDevice;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** What the operator decides about how a person is shown. */
export function SettingsDialog({ device, isOpen, onClose }: Props) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Settings of ${device.name}`} size={460}>
      <SettingsForm device={device} onClose={onClose} />
    </Modal>
  );
}

function SettingsForm({ device, onClose }: Pick<Props, 'device' | 'onClose'>) {
  const { deviceId } = device;
  const [name, setName] = useState(device.name);
  const [colour, setColour] = useState<number | null | undefined>(undefined);
  const [note, setNote] = useState(device.note);
  const save = async (): Promise<void> => {
    // One after the other: each is a line of its own in the audit log, and what failed is known.
    if (name.trim() !== device.name) await askHub('device.rename', { deviceId, name });
    if (colour !== undefined) await askHub('device.setColour', { deviceId, colour });
    if (note.trim() !== device.note) await askHub('device.setNote', { deviceId, note });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save().catch((error: unknown) => notifyFailure('Not everything was saved', error));
    onClose();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="Name"
          data-autofocus
          maxLength={64}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ColourChoice shown={device.colour} chosen={colour} onChoose={setColour} />
        <Textarea
          label="Note"
          description="For this control room; the phone never sees it."
          placeholder="Team 2, radio channel 7, knows first aid"
          autosize
          minRows={3}
          maxRows={8}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={name.trim() === ''}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
