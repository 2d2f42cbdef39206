import { HubError } from '../../common/contract/errors';
import { type ErasedCounts, erasedWords } from '../../common/model/erased-words';
import type { Recordings } from '../screens';
import type { Store } from '../store';
import type { Thumbnails } from '../thumbnails';
import { type AuditLog, OPERATOR } from './audit';
import type { CustodyBook } from './custody';
import { askStore } from './store-refusal';

interface EraseParts {
  readonly store: Pick<Store, 'eraseSession' | 'listSessions'>;
  readonly thumbnails: Pick<Thumbnails, 'forget'>;
  readonly recordings: Pick<Recordings, 'erase'>;
  readonly custody: Pick<CustodyBook, 'forget'>;
  readonly audit: AuditLog;
}

interface ErasedSessions extends ErasedCounts {
  readonly sessions: number;
}

/**
 * Erases ended sessions one after the other.
 * @param named what the operator saw or typed. @throws HubError not_found, conflict, storage_unavailable
 */
export async function eraseSessions(
  { store, thumbnails, recordings, custody, audit }: EraseParts,
  named: readonly { readonly sessionId: string; readonly name: string }[],
): Promise<ErasedSessions> {
  const known = new Map((await askStore(store.listSessions())).map((session) => [session.sessionId, session]));
  for (const { sessionId, name } of named) {
    const session = known.get(sessionId);
    if (!session) throw new HubError('not_found', 'There is no such session.');
    if (session.endedAtMs === null)
      throw new HubError('conflict', 'The current session cannot be erased: stop it first.');
    if (session.name !== name.trim()) throw new HubError('conflict', 'That is not the name of this session.');
  }
  const total = { sessions: named.length, frames: 0, mediaFiles: 0, recordings: 0 };
  for (const { sessionId, name } of named) {
    const { frames, media, mediaFiles } = await askStore(store.eraseSession(sessionId));
    // What a phone showed must not be seen any more in small.
    await thumbnails.forget(media);
    await custody.forget(sessionId);
    const gone = { frames, mediaFiles, recordings: await recordings.erase({ sessionId }) };
    const detail = `A session${name === '' ? '' : ` (${name})`} was erased: ${erasedWords(gone)}.`;
    audit.record({ action: 'session.erased', actor: OPERATOR, detail });
    total.frames += gone.frames;
    total.mediaFiles += gone.mediaFiles;
    total.recordings += gone.recordings;
  }
  return total;
}
