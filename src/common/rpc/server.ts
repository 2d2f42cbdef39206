import { type Envelope, parseEnvelope } from './envelope';
import type { Transport } from './transport';

/** What a request answers with: a result (any JSON value), or a refusal. */
export type RpcAnswer =
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'error'; readonly code: string; readonly message: string };

/** The answering end of a transport. */
export interface RpcServer {
  /** Sends one event to the other end. Dropped when the transport is closed. */
  emit(name: string, payload: unknown): void;
}

/**
 * Answers requests on an open transport. `answer` must not reject: what it throws is a bug and is answered with code
 * `internal`, after `onBug` was told.
 */
export function createRpcServer(
  transport: Transport,
  answer: (name: string, params: unknown) => Promise<RpcAnswer>,
  onBug: (error: unknown, name: string) => void,
): RpcServer {
  const post = (envelope: Envelope): void => transport.send(JSON.stringify(envelope));
  transport.onMessage((text) => {
    const envelope = parseEnvelope(text);
    if (envelope?.kind !== 'request') return;
    const { id, name, params } = envelope;
    answer(name, params).then(
      (reply) => post({ ...reply, id }),
      (error: unknown) => {
        onBug(error, name);
        post({ kind: 'error', id, code: 'internal', message: 'The hub failed to answer; its log says why.' });
      },
    );
  });
  return { emit: (name, payload) => post({ kind: 'event', name, payload }) };
}
