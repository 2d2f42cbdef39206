import type { RequestInput, RequestName, RequestResult } from '../../../common/contract/requests';
import { RpcError } from '../../../common/rpc/client';
import { useConnectionStore } from '../stores/connection-store';

/**
 * Asks the hub over the link that is up.
 * @throws RpcError with a code of the contract, or `disconnected` while there is no link.
 */
export function askHub<N extends RequestName>(name: N, params: RequestInput<N>): Promise<RequestResult<N>> {
  const { client } = useConnectionStore.getState();
  if (!client) return Promise.reject(new RpcError('disconnected', 'The hub is not reachable just now.'));
  return client.request(name, params);
}

/** What went wrong, as a sentence for the operator. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  return 'Something went wrong that has no description.';
}
