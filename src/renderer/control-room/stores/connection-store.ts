import { create } from 'zustand';
import type { HubClient } from '../../../common/contract/client';
import type { RequestResult } from '../../../common/contract/requests';
import type { LinkState } from '../connect/reconnect';

/** What the hub said of itself. */
type HubHello = RequestResult<'hub.hello'>;

interface ConnectionState {
  readonly link: LinkState;
  /** The open contract; null while there is no link. */
  readonly client: HubClient | null;
  /** Of the last link that was up; kept while retrying. */
  readonly hello: HubHello | null;
  /** How long the hub took to answer last time, ms. */
  readonly roundTripMs: number | null;
}

export const useConnectionStore = create<ConnectionState>()(() => ({
  link: { kind: 'connecting' },
  client: null,
  hello: null,
  roundTripMs: null,
}));

/** True when this page may change things; a viewer may only look. */
export function useIsOperator(): boolean {
  return useConnectionStore((state) => state.hello?.role === 'operator');
}
