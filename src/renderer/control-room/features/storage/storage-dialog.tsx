import { Divider, Group, Loader, Modal, Stack } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { RequestResult } from '../../../../common/contract/requests';
import { askHub } from '../../connect/ask-hub';
import { useBackupStore } from '../../stores/backup-store';
import { useConnectionStore } from '../../stores/connection-store';
import { loadSessions } from '../sessions/session-actions';
import { notifyFailure } from '../shell/notify';
import { BackupSection } from './backup-section';
import { EraseSection } from './erase-section';
import { RetentionSection } from './retention-section';
import { StorageSizes } from './storage-sizes';

/** What is on the disk, a copy of it, and what is to go. */
export function StorageDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Storage" size={700}>
      <Storage />
    </Modal>
  );
}

function Storage() {
  const client = useConnectionStore((state) => state.client);
  const backup = useBackupStore((state) => state.backup);
  const [storage, setStorage] = useState<RequestResult<'storage.get'> | null>(null);
  const refresh = (): Promise<void> => readStorage().then(setStorage, notifyUnread);
  useEffect(() => {
    if (client) readStorage().then(setStorage, notifyUnread);
  }, [client]);
  if (!storage)
    return (
      <Group justify="center" p="xl">
        <Loader size="sm" />
      </Group>
    );
  return (
    <Stack gap="md" data-testid="storage">
      <StorageSizes storage={storage} />
      <Divider />
      <BackupSection backup={backup} />
      <Divider />
      <RetentionSection onErased={refresh} />
      <Divider />
      <EraseSection onErased={refresh} />
    </Stack>
  );
}

async function readStorage(): Promise<RequestResult<'storage.get'>> {
  const [storage] = await Promise.all([askHub('storage.get', {}), loadSessions()]);
  useBackupStore.getState().setBackup(storage.backup);
  return storage;
}

const notifyUnread = (error: unknown): void => notifyFailure('The storage could not be looked at', error);
