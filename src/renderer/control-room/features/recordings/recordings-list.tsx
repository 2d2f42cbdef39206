import { Loader, Modal, Stack, Table, Text } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import type { Recording } from '../../../../common/model/recording';
import type { Session } from '../../../../common/model/session';
import { useConnectionStore } from '../../stores/connection-store';
import { useRecordingStore } from '../../stores/recording-store';
import { notifyFailure } from '../shell/notify';
import { Player } from './player';
import { loadRecordings } from './recording-actions';
import { RecordingRow } from './recording-row';
import styles from './recordings.module.css';

/** What was recorded of shares in a session, oldest first, and a player for them. */
export function RecordingsList({ sessionId }: Pick<Session, 'sessionId'>) {
  const client = useConnectionStore((state) => state.client);
  const listed = useRecordingStore((state) => (state.listedSessionId === sessionId ? state.listed : null));
  const [played, setPlayed] = useState<Recording | null>(null);
  const stackId = useId();
  useEffect(() => {
    if (!client) return;
    loadRecordings(sessionId).catch((error: unknown) => notifyFailure('The recordings could not be listed', error));
  }, [client, sessionId]);
  if (listed === null) return <Loader size="sm" m="xl" />;
  if (listed.length === 0) {
    return (
      <Stack gap={4} className={styles.empty} data-testid="recordings-empty">
        <Text fw={600}>No share was recorded in this session</Text>
        <Text size="sm" c="dimmed">
          Open the Screens view and press Record on a tile, or Record all.
        </Text>
      </Stack>
    );
  }
  return (
    <>
      <Table.ScrollContainer minWidth={560} maxHeight={480} type="native">
        <Table stickyHeader verticalSpacing={7} fz="sm" data-testid="recordings">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Share</Table.Th>
              <Table.Th>Began</Table.Th>
              <Table.Th ta="right">Length</Table.Th>
              <Table.Th ta="right">Size</Table.Th>
              <Table.Th aria-label="Actions" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {listed.map((recording) => (
              <RecordingRow key={recording.recordingId} recording={recording} onPlay={() => setPlayed(recording)} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Modal
        stackId={stackId}
        opened={played !== null}
        onClose={() => setPlayed(null)}
        title={played?.name ?? ''}
        size="auto"
      >
        {played && <Player key={played.recordingId} recording={played} />}
      </Modal>
    </>
  );
}
