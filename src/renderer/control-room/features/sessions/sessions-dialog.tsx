import { Button, Group, Loader, Stack, Table, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useConnectionStore, useIsOperator } from '../../stores/connection-store';
import { useSessionStore } from '../../stores/session-store';
import { useViewStore } from '../../stores/view-store';
import { notifyFailure } from '../shell/notify';
import { ExportJobs } from './export-jobs';
import { loadSessions } from './session-actions';
import { SessionRow } from './session-row';

/** All sessions, newest first, each with its name and its export. */
export function SessionsDialog() {
  const sessions = useSessionStore((state) => state.all);
  const client = useConnectionStore((state) => state.client);
  const open = useViewStore((state) => state.open);
  const isOperator = useIsOperator();
  useEffect(() => {
    if (client) loadSessions().catch((error: unknown) => notifyFailure('The sessions could not be listed', error));
  }, [client]);
  return (
    <Stack gap="md" data-autofocus tabIndex={-1} style={{ outline: 'none' }}>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          Recording is always on. A session is everything from its start to the next one’s.
        </Text>
        {isOperator && (
          <Button size="xs" leftSection={<IconPlayerPlay size={14} />} onClick={() => open('start-session')}>
            Start new session
          </Button>
        )}
      </Group>
      <ExportJobs />
      {sessions === null ? (
        <Group justify="center" p="xl">
          <Loader size="sm" />
        </Group>
      ) : (
        <Table.ScrollContainer minWidth={640} maxHeight={460} type="native">
          <Table stickyHeader verticalSpacing={7} fz="sm" data-testid="sessions">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Name</Table.Th>
                <Table.Th>Started</Table.Th>
                <Table.Th ta="right">Duration</Table.Th>
                <Table.Th ta="right">Frames</Table.Th>
                <Table.Th ta="right">People</Table.Th>
                <Table.Th aria-label="Actions" />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {sessions.map((session) => (
                <SessionRow key={session.sessionId} session={session} mayRename={isOperator} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  );
}
