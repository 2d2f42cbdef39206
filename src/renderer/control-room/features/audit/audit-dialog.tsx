import { ActionIcon, Button, Group, Loader, Modal, Select, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconRefresh, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useLiveStore } from '../../stores/live-store';
import { AuditTable } from './audit-table';
import { useAudit } from './use-audit';

/** Typing is over when nothing came for this long, ms. */
const TYPING_MS = 200;

/** Who did what, when and why. */
export function AuditDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Audit log" size={1040}>
      <AuditLog />
    </Modal>
  );
}

function AuditLog() {
  const [search, setSearch] = useState('');
  const [deviceId, setDeviceId] = useState<string | null>(null);
  const [wanted] = useDebouncedValue(search.trim(), TYPING_MS);
  const { loaded, reload, loadMore } = useAudit({ deviceId, search: wanted });
  const people = useLiveStore(
    useShallow((state) => [...state.devices.values()].map(({ deviceId: value, name }) => `${value} ${name}`)),
  );
  const isFiltered = wanted !== '' || deviceId !== null;
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        What was done at this hub, by whom and why, newest first. It never holds a key. The newest 100,000 entries are
        kept.
      </Text>
      <Group gap="xs" wrap="nowrap" align="end">
        <TextInput
          flex={1}
          data-autofocus
          aria-label="Search the audit log"
          placeholder="Search words or address"
          maxLength={100}
          leftSection={<IconSearch size={15} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Select
          w={240}
          aria-label="Only of one person"
          placeholder="Everybody"
          clearable
          searchable
          nothingFoundMessage="Nobody of that name is in this session."
          data={people.map((one) => ({
            value: one.slice(0, one.indexOf(' ')),
            label: one.slice(one.indexOf(' ') + 1),
          }))}
          value={deviceId}
          onChange={setDeviceId}
        />
        <Tooltip label="Look again">
          <ActionIcon size="lg" aria-label="Look again" onClick={reload}>
            <IconRefresh size={17} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </Group>
      {loaded.kind === 'loading' && (
        <Group justify="center" p="xl">
          <Loader size="sm" />
        </Group>
      )}
      {loaded.kind === 'failed' && <p role="alert">The audit log could not be read. {loaded.sentence}</p>}
      {loaded.kind === 'ready' && loaded.entries.length === 0 && <Empty isFiltered={isFiltered} />}
      {loaded.kind === 'ready' && loaded.entries.length > 0 && <AuditTable entries={loaded.entries} />}
      {loaded.kind === 'ready' && loaded.next !== null && (
        <Button variant="default" size="xs" mx="auto" onClick={loadMore}>
          Show older
        </Button>
      )}
    </Stack>
  );
}

function Empty({ isFiltered }: { readonly isFiltered: boolean }) {
  return (
    <Stack gap={4} py="xl" align="center" data-testid="audit-empty">
      <Text fw={600}>{isFiltered ? 'Nothing matches' : 'Nothing was done yet'}</Text>
      <Text size="sm" c="dimmed" ta="center" maw={460}>
        {isFiltered
          ? 'Search for other words, or choose everybody.'
          : 'Rename or remove a person, start a session, export: each of these is written down here.'}
      </Text>
    </Stack>
  );
}
