import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { LIMITS } from '../../../../common/wire/limits';
import { sendMessage } from './ask-person';

interface Props {
  /** Who gets it; null = everybody who is connected. */
  readonly deviceId: string | null;
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** A message to a phone, or to all. */
export function MessageDialog({ deviceId, title, isOpen, onClose }: Props) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} size={460}>
      <MessageForm deviceId={deviceId} onClose={onClose} />
    </Modal>
  );
}

function MessageForm({ deviceId, onClose }: Pick<Props, 'deviceId' | 'onClose'>) {
  const [text, setText] = useState('');
  const [isSending, setIsSending] = useState(false);
  const words = text.trim();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setIsSending(true);
    // A message that was not sent stays in the field.
    if (await sendMessage(deviceId, words)) onClose();
    else setIsSending(false);
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <Textarea
          label="Message"
          description="Shown on the phone until it is read. Phones that run another app do not show it."
          placeholder="Back to the cars at 15:00"
          data-autofocus
          autosize
          minRows={3}
          maxRows={10}
          maxLength={LIMITS.wordLength}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={words === ''} loading={isSending}>
            Send
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
