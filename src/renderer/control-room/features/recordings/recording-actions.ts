import type { Recording } from '../../../../common/model/recording';
import { askHub } from '../../connect/ask-hub';
import { download, hasSaveDialog } from '../../connect/save-file';
import { useRecordingStore } from '../../stores/recording-store';
import { notifyDone, notifyFailure } from '../shell/notify';

/** Lists those of a session in the store, which follows them from then on. */
export async function loadRecordings(sessionId: string): Promise<void> {
  const { setListed } = useRecordingStore.getState();
  setListed(sessionId, null);
  const { recordings } = await askHub('recording.list', { sessionId });
  if (useRecordingStore.getState().listedSessionId === sessionId) setListed(sessionId, recordings);
}

/** As a file: where the operator says, or as a download. */
export async function saveRecording({ recordingId, name }: Recording): Promise<void> {
  try {
    if (hasSaveDialog()) {
      const saved = await askHub('recording.save', { recordingId });
      if (saved.outcome === 'saved') notifyDone('Recording saved', saved.path);
      return;
    }
    const { path } = await askHub('recording.open', { recordingId });
    download(`${path}?save`, `${name}.webm`);
  } catch (error) {
    notifyFailure('The recording was not saved', error);
  }
}

export function deleteRecording({ recordingId }: Recording): void {
  askHub('recording.remove', { recordingId }).catch((error: unknown) =>
    notifyFailure('The recording was not deleted', error),
  );
}
