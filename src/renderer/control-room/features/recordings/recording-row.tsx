import { ActionIcon, Button, Group, Table, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDownload, IconPlayerPlayFilled, IconTrash } from '@tabler/icons-react';
import type { Recording } from '../../../../common/model/recording';
import { formatBytes, MISSING } from '../../format/quantity';
import { formatDuration, formatMoment } from '../../format/time';
import { useClockStore } from '../../stores/clock-store';
import { useIsOperator } from '../../stores/connection-store';
import { ConfirmDialog } from '../keys/confirm-dialog';
import { deleteRecording, saveRecording } from './recording-actions';
import { stateWords } from './recording-words';

interface Props {
  readonly recording: Recording;
  readonly onPlay: () => void;
}

/** One recording of the list. */
export function RecordingRow({ recording, onPlay }: Props) {
  const nowMs = useClockStore((state) => state.nowMs);
  const isOperator = useIsOperator();
  const [isDeleting, deleting] = useDisclosure(false);
  const { recordingId, name, kind, startedAtMs, state } = recording;
  const words = stateWords(recording);
  const plays = state === 'ready' || state === 'finishing';
  return (
    <Table.Tr data-testid="recording-row" data-recording-id={recordingId} data-state={state}>
      <Table.Td maw={260}>
        <Text size="sm" truncate title={name}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {[kind ?? 'share', ...(words === null ? [] : [words])].join(' · ')}
        </Text>
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>{formatMoment(startedAtMs, nowMs)}</Table.Td>
      <Table.Td ta="right">{lengthOf(recording, nowMs)}</Table.Td>
      <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
        {formatBytes(recording.bytes)}
      </Table.Td>
      <Table.Td>
        <Group gap={6} wrap="nowrap" justify="flex-end">
          <Button
            size="compact-sm"
            variant="default"
            disabled={!plays}
            leftSection={<IconPlayerPlayFilled size={13} aria-hidden />}
            aria-label={`Play ${name}`}
            onClick={onPlay}
          >
            Play
          </Button>
          <RowButton label={`Save ${name} as a file`} isDisabled={!plays} onClick={() => void saveRecording(recording)}>
            <IconDownload size={15} />
          </RowButton>
          {isOperator && (
            <RowButton label={`Delete ${name}`} isDisabled={state === 'recording'} onClick={deleting.open}>
              <IconTrash size={15} />
            </RowButton>
          )}
        </Group>
        <ConfirmDialog
          title="Delete this recording"
          action="Delete"
          isOpen={isDeleting}
          onClose={deleting.close}
          onConfirm={() => deleteRecording(recording)}
        >
          <Text size="sm">
            The recording of {name} from {formatMoment(startedAtMs, nowMs)} is deleted from this laptop for good. What
            the phone sent otherwise stays.
          </Text>
        </ConfirmDialog>
      </Table.Td>
    </Table.Tr>
  );
}

function lengthOf({ durationMs, startedAtMs, endedAtMs, state }: Recording, nowMs: number): string {
  if (state === 'failed') return MISSING;
  return formatDuration(durationMs ?? Math.max(0, (endedAtMs ?? nowMs) - startedAtMs));
}

interface RowButtonProps {
  readonly label: string;
  readonly isDisabled: boolean;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}

function RowButton({ label, isDisabled, onClick, children }: RowButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} disabled={isDisabled} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
