import { erasedWords } from '../../../../common/model/erased-words';
import { askHub } from '../../connect/ask-hub';
import { formatCount } from '../../format/quantity';
import { notifyDone, notifyFailure } from '../shell/notify';

/** Erases sessions for good and tells how it went. */
export async function eraseSessions(
  named: ReadonlyArray<{ readonly sessionId: string; readonly name: string }>,
): Promise<void> {
  try {
    const { sessions, ...gone } = await askHub('storage.erase', { sessions: [...named] });
    const what = sessions === 1 ? 'The session is deleted' : `${formatCount(sessions)} sessions are deleted`;
    notifyDone(what, `Gone: ${erasedWords(gone, formatCount)}.`);
  } catch (error) {
    notifyFailure('Not everything was deleted', error);
  }
}
