import { Button, Code, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useControlRoomLink } from '../../connect/hub-link-context';
import { useConnectionStore } from '../../stores/connection-store';
import { PerchMark } from '../../theme/perch-mark';
import styles from './sign-in.module.css';

/** Asks for the key, when the link that opened this page held none or a wrong one. */
export function SignIn() {
  const link = useConnectionStore((state) => state.link);
  const { signIn } = useControlRoomLink();
  const [key, setKey] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (key.trim() !== '') signIn(key.trim());
  };
  const wasRefused = link.kind === 'unauthorized' && link.wasRefused;
  return (
    <main className={styles.page}>
      <form className={styles.card} onSubmit={submit}>
        <Stack gap="md">
          <PerchMark size={40} />
          <div>
            <Title order={2} fz={20}>
              Perch control room
            </Title>
            <Text size="sm" c="dimmed" mt={4}>
              This page needs the key of the hub.
            </Text>
          </div>
          <PasswordInput
            label="Key"
            autoFocus
            autoComplete="off"
            spellCheck={false}
            value={key}
            error={wasRefused ? 'The hub does not know this key, or it was revoked.' : undefined}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
          <Button type="submit" fullWidth disabled={key.trim() === ''}>
            Sign in
          </Button>
          <Text size="xs" c="dimmed" component="div">
            The link the hub printed when it started opens this page signed in. The key alone is shown on the laptop by
            <Code block mt={6}>
              npm run -s hub -- keys
            </Code>
          </Text>
        </Stack>
      </form>
    </main>
  );
}
