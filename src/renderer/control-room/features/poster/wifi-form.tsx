import { Button, Checkbox, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { WifiNetwork } from '../../../../common/model/wifi-network';

/** WPA takes 8 to 63 characters, or 64 hexadecimal digits (IEEE 802.11, annex J). */
const MIN_PASSWORD = 8;

interface Props {
  readonly wifi: WifiNetwork | null;
  readonly onKeep: (wifi: WifiNetwork | null) => void;
}

/** The WiFi that phones are to join: typed once, kept on the laptop. */
export function WifiForm({ wifi, onKeep }: Props) {
  const [ssid, setSsid] = useState(wifi?.ssid ?? '');
  const [password, setPassword] = useState(wifi?.password ?? '');
  const [isHidden, setHidden] = useState(wifi?.isHidden ?? false);
  const isTooShort = password !== '' && password.length < MIN_PASSWORD;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onKeep({ ssid, password: password === '' ? null : password, isHidden });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label="Name of the WiFi"
          description="Exactly as the phones show it."
          maxLength={32}
          value={ssid}
          onChange={(event) => setSsid(event.currentTarget.value)}
        />
        <PasswordInput
          label="Its password"
          description="Empty for an open network. It is on the poster: whoever reads it can join the WiFi."
          maxLength={64}
          autoComplete="off"
          value={password}
          error={isTooShort ? `A WiFi password has at least ${MIN_PASSWORD} characters.` : null}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Checkbox
          label="It does not show its name"
          checked={isHidden}
          onChange={(event) => setHidden(event.currentTarget.checked)}
        />
        <Group gap="xs">
          <Button size="xs" type="submit" disabled={ssid === '' || isTooShort}>
            {wifi === null ? 'Put it on the poster' : 'Keep'}
          </Button>
          {wifi !== null && (
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                setSsid('');
                setPassword('');
                setHidden(false);
                onKeep(null);
              }}
            >
              Forget
            </Button>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          Kept on this laptop with the keys. Perch never sends it to a phone.
        </Text>
      </Stack>
    </form>
  );
}
