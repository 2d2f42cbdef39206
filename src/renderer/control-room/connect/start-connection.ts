import type { Transport } from '../../../common/rpc/transport';
import { useConnectionStore } from '../stores/connection-store';
import { beginSession, sayHello } from './begin-session';
import type { HubLink } from './hub-link';
import { type KeptLink, keepConnected } from './reconnect';

/** A half-open link reports nothing by itself for minutes: ask, and hang up when no answer comes in time. */
const HEARTBEAT_MS = 10_000;
const ANSWER_WITHIN_MS = 8_000;

/** Keeps the control room connected through `link`, the stores told of every change. */
export function startConnection(link: HubLink): KeptLink {
  let current: Transport | null = null;
  const kept = keepConnected({
    open: () => link.open(),
    begin: async (transport) => {
      current = transport;
      await beginSession(transport);
    },
    onFailure: (error) => console.warn('The link to the hub failed; trying again.', error),
    onState: (state) =>
      useConnectionStore.setState(state.kind === 'online' ? { link: state } : { link: state, client: null }),
  });
  const heartbeat = setInterval(() => {
    const { client } = useConnectionStore.getState();
    const asked = current;
    if (!client || !asked) return;
    const askedAtMs = Date.now();
    const timer = setTimeout(() => {
      // Far too late means that this machine slept: nobody had time to answer.
      if (Date.now() - askedAtMs < 2 * ANSWER_WITHIN_MS) asked.close();
    }, ANSWER_WITHIN_MS);
    sayHello(client)
      .catch((error: unknown) => console.warn('The hub left a heartbeat unanswered.', error))
      .finally(() => clearTimeout(timer));
  }, HEARTBEAT_MS);
  return {
    retryNow: () => kept.retryNow(),
    stop: () => {
      clearInterval(heartbeat);
      kept.stop();
    },
  };
}
