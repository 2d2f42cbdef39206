import { createRpcClient } from '../rpc/client';
import type { Transport } from '../rpc/transport';
import { EVENTS, type EventName, type EventPayload } from './events';
import { REQUESTS, type RequestInput, type RequestName, type RequestResult } from './requests';

/** The control room's end of the contract. */
export interface HubClient {
  /**
   * Asks the hub.
   * @throws RpcError with a HubErrorCode, or `disconnected` when the connection closed before the answer.
   */
  request<N extends RequestName>(name: N, params: RequestInput<N>): Promise<RequestResult<N>>;
  /** Listens to one event; returns the function that stops it. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
}

/** Puts the contract's types and checks on an open transport. An answer or event that breaks its schema throws: a bug. */
export function createHubClient(transport: Transport): HubClient {
  const rpc = createRpcClient(transport);
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  rpc.onEvent((name, payload) => {
    if (!Object.hasOwn(EVENTS, name)) return;
    const checked = EVENTS[name as EventName].parse(payload);
    for (const listener of listeners.get(name) ?? []) listener(checked);
  });
  return {
    request: async (name, params) => {
      const result = await rpc.request(name, params);
      return REQUESTS[name].result.parse(result) as RequestResult<typeof name>;
    },
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      const untyped = listener as (payload: unknown) => void;
      set.add(untyped);
      return () => set.delete(untyped);
    },
  };
}
