import { Button, Group, Loader, Modal, Radio, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type FormEvent, useEffect, useState } from 'react';
import type { LiveDevice } from '../../../../common/model/live-device';
import { askHub } from '../../connect/ask-hub';
import { systemWords } from '../../format/system-words';
import { formatAge } from '../../format/time';
import { useClockStore } from '../../stores/clock-store';
import { notifyFailure } from '../shell/notify';
import { type MergeChoice, mergeChoices, type RankedChoice } from './merge-choices';
import { mergeInto } from './merge-person';

interface Props {
  readonly device: LiveDevice;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Chooses who is the same person, most likely first. */
export function MergeDialog({ device, isOpen, onClose }: Props) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Merge somebody into ${device.name}`} size={480}>
      <MergeForm device={device} onClose={onClose} />
    </Modal>
  );
}

function MergeForm({ device: { deviceId, name }, onClose }: Pick<Props, 'device' | 'onClose'>) {
  const [known, setKnown] = useState<readonly MergeChoice[] | null>(null);
  const [search, setSearch] = useState('');
  const [chosenId, setChosenId] = useState('');
  const [isMerging, setIsMerging] = useState(false);
  useEffect(() => {
    askHub('device.list', {}).then(
      ({ devices }) => setKnown(devices),
      (error: unknown) => notifyFailure('The list of people did not come', error),
    );
  }, []);
  const person = known?.find((one) => one.deviceId === deviceId);
  const chosen = known?.find((one) => one.deviceId === chosenId);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!chosen) return;
    setIsMerging(true);
    if (await mergeInto({ deviceId, name }, chosen)) onClose();
    else setIsMerging(false);
  };
  if (!known) return <Loader size="sm" />;
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <Text size="sm">
          Whom you choose is shown, counted and exported as {name} from then on, past sessions included; nothing is
          deleted, and you can take them apart again at any time.
        </Text>
        <TextInput
          label="Search people"
          data-autofocus
          leftSection={<IconSearch size={15} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        {person && (
          <Choices
            choices={mergeChoices(person, known, search)}
            isSearched={search !== ''}
            value={chosenId}
            onChange={setChosenId}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!chosen} loading={isMerging}>
            {chosen ? `Merge ${chosen.name} into ${name}` : 'Merge'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ChoicesProps {
  readonly choices: readonly RankedChoice[];
  readonly isSearched: boolean;
  readonly value: string;
  readonly onChange: (deviceId: string) => void;
}

function Choices({ choices, isSearched, value, onChange }: ChoicesProps) {
  const nowMs = useClockStore((state) => state.nowMs);
  if (choices.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {isSearched ? 'Nobody fits that.' : 'There is nobody else.'}
      </Text>
    );
  }
  return (
    <ScrollArea.Autosize mah={320} type="auto" scrollbarSize={8}>
      <Radio.Group aria-label="Who is the same person" value={value} onChange={onChange}>
        <Stack gap="sm">
          {choices.map(({ device, reasons }) => (
            <Radio
              key={device.deviceId}
              value={device.deviceId}
              label={device.name}
              description={choiceWords(device, reasons, nowMs)}
              data-testid="merge-choice"
            />
          ))}
        </Stack>
      </Radio.Group>
    </ScrollArea.Autosize>
  );
}

/** "Same name, same browser · iOS · 192.168.1.7 · last seen 3 min ago" */
function choiceWords(device: MergeChoice, reasons: readonly string[], nowMs: number): string {
  const why = reasons.join(', ');
  const system = systemWords(device.platform, device.userAgent);
  const seen = device.isOnline ? 'connected' : `last seen ${formatAge(nowMs - device.lastSeenAtMs)} ago`;
  const facts = [why.charAt(0).toLocaleUpperCase() + why.slice(1), system, device.lastAddress, seen];
  return facts.filter((fact) => fact !== null && fact !== '').join(' · ');
}
