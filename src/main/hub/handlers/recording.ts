import { copyFile, writeFile } from 'node:fs/promises';
import { HubError } from '../../../common/contract/errors';
import type { recordingRequests } from '../../../common/contract/requests/recording';
import type { HandlersOf, HubConnection } from '../../../common/contract/server';
import type { ConsoleParts } from '../console-parts';
import type { ConsoleHost } from '../hub';
import { askStore } from '../store-refusal';
import { saveWhere } from './save-where';

export function recordingHandlers(
  { recordings, recordingDesk, sessions }: Pick<ConsoleParts, 'recordings' | 'recordingDesk' | 'sessions'>,
  connection: HubConnection,
  host: ConsoleHost | null,
): HandlersOf<typeof recordingRequests> {
  return {
    'recording.start': async (params) => ({ recording: await recordingDesk.start(params, connection) }),
    'recording.append': async (params) => ({ bytes: await recordingDesk.append(params, connection) }),
    'recording.stop': async ({ recordingId }) => ({ recording: await recordingDesk.stop(recordingId) }),
    'recording.list': async ({ sessionId }) => {
      const known = await askStore(sessions.list());
      if (!known.some((session) => session.sessionId === sessionId)) {
        throw new HubError('not_found', 'There is no such session.');
      }
      return { recordings: [...recordings.list(sessionId)] };
    },
    'recording.open': ({ recordingId }) => ({ path: recordingDesk.link(recordingId) }),
    'recording.save': async ({ recordingId }) => {
      const file = recordingDesk.file(recordingId);
      if (!file) throw new HubError('not_found', 'There is no such recording, or it is not finished.');
      return saveWhere(host, file.fileName, (path) => copyFile(file.path, path));
    },
    'recording.remove': ({ recordingId }) => {
      recordingDesk.remove(recordingId);
      return {};
    },
    'snapshot.keep': async (params) => ({ sha256: await recordingDesk.keepSnapshot(params) }),
    'snapshot.save': ({ fileName, jpeg }) =>
      saveWhere(host, fileName, (path) => writeFile(path, Buffer.from(jpeg, 'base64'))),
  };
}
