import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { VIEWER_KEY_HOURS } from '../../../../common/model/key';
import { askHub } from '../../connect/ask-hub';
import { notifyFailure } from '../shell/notify';
import { type Shown, ShownKeyDialog } from './shown-key';

const NEVER = 'never';
const LASTS: Record<(typeof VIEWER_KEY_HOURS)[number], string> = {
  1: '1 hour',
  8: '8 hours',
  24: '1 day',
  168: '1 week',
};

/** Makes a link for a teammate's screen, and shows it. */
export function NewViewerLink() {
  const [name, setName] = useState('');
  const [lasts, setLasts] = useState('8');
  const [shown, setShown] = useState<Shown | null>(null);
  const make = (event: FormEvent): void => {
    event.preventDefault();
    const hours = VIEWER_KEY_HOURS.find((one) => String(one) === lasts) ?? null;
    askHub('key.makeViewer', { name, hours }).then(
      (made) => {
        setName('');
        setShown(made);
      },
      (error: unknown) => notifyFailure('The link was not made', error),
    );
  };
  return (
    <form onSubmit={make}>
      <Group gap="xs" align="end" wrap="nowrap">
        <TextInput
          flex={1}
          size="xs"
          label="For whom"
          placeholder="Medic’s tablet"
          maxLength={64}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          label="Good for"
          value={lasts}
          onChange={(event) => setLasts(event.currentTarget.value)}
          data={[
            ...VIEWER_KEY_HOURS.map((hours) => ({ value: String(hours), label: LASTS[hours] })),
            { value: NEVER, label: 'until revoked' },
          ]}
        />
        <Button size="xs" type="submit" disabled={name.trim() === ''}>
          Make a link
        </Button>
      </Group>
      <ShownKeyDialog shown={shown} onClose={() => setShown(null)} />
    </form>
  );
}
