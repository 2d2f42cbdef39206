import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { sessionTitle, useSessionStore } from '../../stores/session-store';
import { useViewStore } from '../../stores/view-store';
import { notifyFailure } from '../shell/notify';
import { startSession, stopSession } from './session-actions';
import { SessionsDialog } from './sessions-dialog';

/** The three dialogs about sessions. */
export function SessionDialogs() {
  const dialog = useViewStore((state) => state.dialog);
  const open = useViewStore((state) => state.open);
  const close = (): void => open(null);
  return (
    <>
      <Modal opened={dialog === 'sessions'} onClose={close} title="Sessions" size={860}>
        <SessionsDialog />
      </Modal>
      <Modal opened={dialog === 'start-session'} onClose={close} title="Start a new session" size={420}>
        <StartSession onClose={close} />
      </Modal>
      <Modal opened={dialog === 'stop-session'} onClose={close} title="Stop this session" size={420}>
        <StopSession onClose={close} />
      </Modal>
    </>
  );
}

function StartSession({ onClose }: { readonly onClose: () => void }) {
  const current = useSessionStore((state) => state.current);
  const [name, setName] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    startSession(name.trim()).catch((error: unknown) => notifyFailure('The session was not started', error));
    onClose();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="Name"
          placeholder="Search north ridge, day 2"
          data-autofocus
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Text size="sm" c="dimmed">
          This ends {current && current.name !== '' ? `“${current.name}”` : 'the current session'}. It stays in the
          list, complete. Phones stay connected and nothing is lost in between.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit">Start</Button>
        </Group>
      </Stack>
    </form>
  );
}

function StopSession({ onClose }: { readonly onClose: () => void }) {
  const current = useSessionStore((state) => state.current);
  const stop = (): void => {
    stopSession().catch((error: unknown) => notifyFailure('The session was not stopped', error));
    onClose();
  };
  return (
    <Stack gap="md">
      <Text size="sm">
        {current ? `“${sessionTitle(current)}”` : 'The session'} ends now. Recording itself never stops: what arrives
        from here on goes into a new, unnamed session.
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button data-autofocus onClick={stop}>
          Stop session
        </Button>
      </Group>
    </Stack>
  );
}
