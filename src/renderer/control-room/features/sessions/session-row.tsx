import { ActionIcon, Badge, Button, Group, Table, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCertificate, IconFileTypeCsv, IconMovie, IconPencil } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { Session } from '../../../../common/model/session';
import { formatCount } from '../../format/quantity';
import { formatDuration, formatMoment } from '../../format/time';
import { useClockStore } from '../../stores/clock-store';
import { useExportStore } from '../../stores/export-store';
import { sessionTitle } from '../../stores/session-store';
import { CertificateDialog } from '../custody/certificate-dialog';
import { notifyFailure } from '../shell/notify';
import { RenameField } from '../shell/rename-field';
import { exportSession, renameSession } from './session-actions';

/** With its player, which few ever open: loaded with the list. */
const RecordingsDialog = lazy(async () => ({
  default: (await import('../recordings/recordings-dialog')).RecordingsDialog,
}));

/** One session of the list. */
export function SessionRow({ session, mayRename }: { readonly session: Session; readonly mayRename: boolean }) {
  const nowMs = useClockStore((state) => state.nowMs);
  const [isRenaming, setIsRenaming] = useState(false);
  const isExporting = useExportStore((state) =>
    state.jobs.some((job) => job.sessionId === session.sessionId && (job.progress?.state ?? 'running') === 'running'),
  );
  const [isReading, certificate] = useDisclosure(false);
  const [isWatching, recordings] = useDisclosure(false);
  const isCurrent = session.endedAtMs === null;
  return (
    <Table.Tr data-testid="session-row" data-session-id={session.sessionId}>
      <Table.Td maw={280}>
        {isRenaming ? (
          <RenameField
            label="Session name"
            value={session.name}
            maxLength={120}
            onSave={(name) => renameSession(session.sessionId, name)}
            onClose={() => setIsRenaming(false)}
          />
        ) : (
          <Group gap={6} wrap="nowrap">
            <Text
              size="sm"
              fw={session.name === '' ? 400 : 500}
              c={session.name === '' ? 'dimmed' : undefined}
              truncate
              title={sessionTitle(session)}
            >
              {sessionTitle(session)}
            </Text>
            {isCurrent && (
              <Badge size="xs" variant="light" style={{ flex: 'none' }}>
                current
              </Badge>
            )}
            {mayRename && (
              <Tooltip label="Rename">
                <ActionIcon
                  size="sm"
                  aria-label={`Rename ${sessionTitle(session)}`}
                  onClick={() => setIsRenaming(true)}
                >
                  <IconPencil size={14} />
                </ActionIcon>
              </Tooltip>
            )}
          </Group>
        )}
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>{formatMoment(session.startedAtMs, nowMs)}</Table.Td>
      <Table.Td ta="right">{formatDuration((session.endedAtMs ?? nowMs) - session.startedAtMs)}</Table.Td>
      <Table.Td ta="right">{formatCount(session.frames)}</Table.Td>
      <Table.Td ta="right">{session.devices}</Table.Td>
      <Table.Td ta="right">
        <Group gap={6} wrap="nowrap" justify="flex-end">
          <Tooltip label="Recordings">
            <ActionIcon
              variant="default"
              size={26}
              aria-label={`Recordings of ${sessionTitle(session)}`}
              onClick={recordings.open}
            >
              <IconMovie size={15} />
            </ActionIcon>
          </Tooltip>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconCertificate size={15} aria-hidden />}
            onClick={certificate.open}
          >
            Certificate
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            loading={isExporting}
            leftSection={<IconFileTypeCsv size={15} aria-hidden />}
            onClick={() => {
              exportSession(session).catch((error: unknown) => notifyFailure('The export did not start', error));
            }}
          >
            Export CSV
          </Button>
        </Group>
        <Suspense fallback={null}>
          <RecordingsDialog session={session} isOpen={isWatching} onClose={recordings.close} />
        </Suspense>
        <CertificateDialog session={session} isOpen={isReading} onClose={certificate.close} />
      </Table.Td>
    </Table.Tr>
  );
}
