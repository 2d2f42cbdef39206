import { Button, Group, Progress, Text, TextInput } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { RequestInput } from '../../../../common/contract/requests';
import type { Backup } from '../../../../common/model/backup';
import { askHub } from '../../connect/ask-hub';
import { formatBytes, formatCount } from '../../format/quantity';
import { useBackupStore } from '../../stores/backup-store';
import { useClockStore } from '../../stores/clock-store';
import { useConnectionStore } from '../../stores/connection-store';
import { notifyFailure } from '../shell/notify';
import styles from './storage.module.css';

/** A copy of everything while recording goes on. */
export function BackupSection({ backup }: { readonly backup: Backup | null }) {
  const hasDialog = useConnectionStore((state) => state.hello?.capabilities.includes('native.saveDialog') ?? false);
  const [name, setName] = useState(
    () => `Backup ${new Date(useClockStore.getState().nowMs).toISOString().slice(0, 10)}`,
  );
  const isRunning = backup?.state === 'running';
  const start = (event: FormEvent): void => {
    event.preventDefault();
    const params: RequestInput<'storage.backUp'> = hasDialog ? { to: 'dialog' } : { to: 'folder', name };
    askHub('storage.backUp', params).then(
      (started) => {
        if (started.outcome !== 'writing') return;
        const { setBackup, backup: known } = useBackupStore.getState();
        // A small one may be over before the answer that names it.
        if (known?.backupId !== started.backup.backupId) setBackup(started.backup);
      },
      (error: unknown) => notifyFailure('The backup did not start', error),
    );
  };
  return (
    <form onSubmit={start} className={styles.section}>
      <h3>Backup</h3>
      <Text size="sm" c="dimmed">
        A copy of the log, photos, sounds, recordings and custody certificates, while recording goes on. It can be
        opened as a data folder; keys and the hub's CA are not in it.{' '}
        {!hasDialog && 'It goes into the folder “backups” of the data folder on the laptop.'}
      </Text>
      <Text size="sm" c="dimmed">
        On the same disk its photos, sounds and recordings are the same files as here, not second copies: against a
        broken disk, back up to another one. What is deleted or erased later stays in it.
      </Text>
      <Group align="flex-end" gap="xs">
        {!hasDialog && (
          <TextInput
            label="Name of the folder"
            maxLength={64}
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            style={{ flex: 1 }}
          />
        )}
        <Button type="submit" variant="default" loading={isRunning} leftSection={<IconCopy size={16} aria-hidden />}>
          Back up now
        </Button>
      </Group>
      {backup && <BackupState backup={backup} />}
    </form>
  );
}

function BackupState({ backup }: { readonly backup: Backup }) {
  const { state, logBytes, totalLogBytes } = backup;
  return (
    <div role="status" data-testid="backup" data-state={state}>
      <Text size="sm" c={state === 'failed' ? 'red' : undefined} style={{ overflowWrap: 'anywhere' }}>
        {backupSentence(backup)}
      </Text>
      {state === 'running' && (
        <Progress
          size="sm"
          mt={6}
          animated
          value={totalLogBytes === 0 ? 0 : Math.min(100, (100 * logBytes) / totalLogBytes)}
          aria-label="Progress of the backup"
        />
      )}
    </div>
  );
}

function backupSentence({ state, path, logBytes, totalLogBytes, sizeBytes, mediaFiles, message }: Backup): string {
  if (state === 'failed') return `The backup failed: ${message ?? 'no reason is known'}`;
  if (state === 'done')
    return `Backed up ${formatBytes(sizeBytes ?? 0)} with ${formatCount(mediaFiles ?? 0)} media files to ${path}`;
  return `${formatBytes(Math.min(logBytes, totalLogBytes))} of ${formatBytes(totalLogBytes)} of the log copied; media and recordings come after it.`;
}
