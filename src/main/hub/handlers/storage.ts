import { join } from 'node:path';
import type { storageRequests } from '../../../common/contract/requests/storage';
import type { HandlersOf } from '../../../common/contract/server';
import type { ConsoleParts } from '../console-parts';
import { eraseSessions } from '../erase-sessions';
import type { ConsoleHost } from '../hub';
import { freeBytesOf, sizeOfFolder, sizeOfLog } from '../storage-sizes';
import { askStore } from '../store-refusal';

const DAY_MS = 86_400_000;

export function storageHandlers(parts: ConsoleParts, host: ConsoleHost | null): HandlersOf<typeof storageRequests> {
  const { store, clock, dataFolder, backups } = parts;
  return {
    'storage.get': async () => {
      const [logBytes, media, thumbnailBytes, recordingBytes, freeBytes] = await Promise.all([
        sizeOfLog(dataFolder),
        askStore(store.mediaTotals()),
        sizeOfFolder(join(dataFolder, 'thumbnails')),
        sizeOfFolder(join(dataFolder, 'recordings')),
        freeBytesOf(dataFolder),
      ]);
      const { files: mediaFiles, bytes: mediaBytes } = media;
      return { logBytes, mediaBytes, mediaFiles, thumbnailBytes, recordingBytes, freeBytes, backup: backups.last };
    },
    'storage.backUp': (params) => backups.start(params, host),
    'storage.plan': async ({ maxAgeDays, maxBytes }) => {
      const maxAgeMs = maxAgeDays === null ? null : maxAgeDays * DAY_MS;
      return {
        plan: await askStore(
          store.retentionPlan({ maxAgeMs, maxBytes, nowMs: clock.now(), besides: parts.recordings.sizes() }),
        ),
      };
    },
    'storage.erase': ({ sessions }) => eraseSessions(parts, sessions),
  };
}
