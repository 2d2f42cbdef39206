import type { Transport } from '../../../common/rpc/transport';
import { UnauthorizedError } from './hub-link';

/** Policy violation: the key is wrong or revoked (docs/wire-protocol.md, section 2). */
const WRONG_KEY = 1008;
/** A hub on the same laptop or WiFi answers in milliseconds; past this it is not there. */
const OPEN_TIMEOUT_MS = 6_000;

/**
 * Opens the console socket, signs in with the key as the first message and waits for the welcome.
 * @throws UnauthorizedError when the hub closes with 1008; Error when it can't be reached.
 */
export function openWebSocketTransport(url: string, key: string): Promise<Transport> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      socket.onclose = null;
      socket.onmessage = null;
      socket.close();
      reject(error);
    };
    const timer = setTimeout(() => fail(new Error('The hub did not answer in time.')), OPEN_TIMEOUT_MS);
    socket.onopen = () => socket.send(JSON.stringify({ type: 'handshake', token: key }));
    socket.onclose = (event) =>
      fail(event.code === WRONG_KEY ? new UnauthorizedError(true) : new Error('The hub is not reachable.'));
    socket.onmessage = (event) => {
      if (!isWelcome(event.data)) return fail(new Error('What answered is not a Perch hub.'));
      clearTimeout(timer);
      resolve(toTransport(socket));
    };
  });
}

function isWelcome(data: unknown): boolean {
  if (typeof data !== 'string') return false;
  try {
    const message: unknown = JSON.parse(data);
    return typeof message === 'object' && message !== null && 'type' in message && message.type === 'welcome';
  } catch {
    return false;
  }
}

function toTransport(socket: WebSocket): Transport {
  let onMessage: ((message: string) => void) | null = null;
  let onClose: (() => void) | null = null;
  let isClosed = false;
  // What comes between the welcome and the first listener waits here.
  const early: string[] = [];
  const finish = (): void => {
    if (isClosed) return;
    isClosed = true;
    onClose?.();
  };
  socket.onmessage = (event: MessageEvent<unknown>) => {
    if (isClosed || typeof event.data !== 'string') return;
    if (onMessage) onMessage(event.data);
    else early.push(event.data);
  };
  socket.onclose = finish;
  return {
    send: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(message);
    },
    onMessage: (listener) => {
      onMessage = listener;
      for (const message of early.splice(0)) listener(message);
    },
    onClose: (listener) => {
      onClose = listener;
      if (isClosed) listener();
    },
    close: () => {
      socket.close();
      // A dead link can take a minute to report its close; for us it is over now.
      finish();
    },
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
  };
}
