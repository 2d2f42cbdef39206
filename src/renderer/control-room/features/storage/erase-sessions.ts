import { askHub } from '../../connect/ask-hub';
import { formatCount } from '../../format/quantity';
import { notifyDone, notifyFailure } from '../shell/notify';

/** Erases sessions for good and tells how it went. */
export async function eraseSessions(sessionIds: readonly string[]): Promise<void> {
  try {
    const { sessions, frames, mediaFiles } = await askHub('storage.erase', { sessionIds: [...sessionIds] });
    const what = sessions === 1 ? 'The session is deleted' : `${formatCount(sessions)} sessions are deleted`;
    notifyDone(what, `${formatCount(frames)} frames and ${formatCount(mediaFiles)} media files are gone.`);
  } catch (error) {
    notifyFailure('Not everything was deleted', error);
  }
}
