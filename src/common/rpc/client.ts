import { type Envelope, parseEnvelope } from './envelope';
import type { Transport } from './transport';

/** A refusal or failure the other end answered with. `code` is one of the contract's closed set. */
export class RpcError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'RpcError';
    this.code = code;
  }
}

/** The asking end of a transport: untyped names and values; the contract puts types on it. */
export interface RpcClient {
  /**
   * Sends one request and waits for its answer.
   * @throws RpcError with the other end's code, or `disconnected` when the transport closes first (the effect of the
   * request is then unknown).
   */
  request(name: string, params: unknown): Promise<unknown>;
  /** Calls the listener for every event, in order. */
  onEvent(listener: (name: string, payload: unknown) => void): void;
}

/** Starts a client on an open transport. It owns the transport's message and close listeners from here on. */
export function createRpcClient(transport: Transport): RpcClient {
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: RpcError) => void }>();
  const listeners: Array<(name: string, payload: unknown) => void> = [];
  let nextId = 1;
  let isClosed = false;

  const settle = (envelope: Envelope): void => {
    if (envelope.kind === 'event') {
      for (const listener of listeners) listener(envelope.name, envelope.payload);
      return;
    }
    const call = waiting.get(envelope.id);
    if (!call || envelope.kind === 'request') return;
    waiting.delete(envelope.id);
    if (envelope.kind === 'result') call.resolve(envelope.result);
    else call.reject(new RpcError(envelope.code, envelope.message));
  };

  transport.onMessage((text) => {
    const envelope = parseEnvelope(text);
    if (envelope) settle(envelope);
  });
  transport.onClose(() => {
    isClosed = true;
    for (const call of waiting.values()) call.reject(new RpcError('disconnected', 'The connection to the hub closed.'));
    waiting.clear();
  });

  return {
    request: (name, params) => {
      if (isClosed) return Promise.reject(new RpcError('disconnected', 'The connection to the hub is closed.'));
      const id = nextId++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        transport.send(JSON.stringify({ kind: 'request', id, name, params } satisfies Envelope));
      });
    },
    onEvent: (listener) => listeners.push(listener),
  };
}
