import { HubError } from '../../common/contract/errors';
import { StoreError } from '../store';

/** What the store refused, as the control room and the API say it. A bug stays what it is. */
export async function askStore<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw toHubError(error);
  }
}

function toHubError(error: unknown): unknown {
  if (!(error instanceof StoreError)) return error;
  switch (error.code) {
    case 'not_found':
      return new HubError('not_found', error.message);
    case 'current_session':
      return new HubError('conflict', error.message);
    case 'storage_unavailable':
      return new HubError('storage_unavailable', error.message);
    case 'closed':
      return new HubError('storage_unavailable', 'The hub is shutting down.');
    default:
      return error;
  }
}
