import { type ClientOptions, WebSocket } from 'ws';

/** How a socket was closed. */
interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** One socket of a test, with all it received. */
export interface SocketClient {
  readonly socket: WebSocket;
  readonly received: string[];
  readonly closed: Promise<Closed>;
  /** The next message that was not taken yet; rejects when the socket closes first. */
  next(): Promise<string>;
}

/** Opens a socket; a refused upgrade rejects with `HTTP <status>`. */
export async function connect(url: string, options: ClientOptions = {}): Promise<SocketClient> {
  const socket = new WebSocket(url, { perMessageDeflate: false, rejectUnauthorized: true, ...options });
  const received: string[] = [];
  const waiting: { resolve: (text: string) => void; reject: (error: Error) => void }[] = [];
  let taken = 0;
  let ending: Error | null = null;
  socket.on('message', (data) => {
    received.push((data as Buffer).toString('utf8'));
    const waiter = waiting.shift();
    if (waiter) waiter.resolve(received[taken++] ?? '');
  });
  const closed = new Promise<Closed>((resolve) => {
    socket.on('close', (code, reason) => {
      ending = new Error(`closed ${code} ${reason.toString()}`);
      for (const waiter of waiting) waiter.reject(ending);
      resolve({ code, reason: reason.toString() });
    });
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
    socket.once('unexpected-response', (_request, response) => {
      response.resume();
      reject(new Error(`HTTP ${response.statusCode}`));
    });
  });
  socket.on('error', () => undefined);
  return {
    socket,
    received,
    closed,
    next: () => {
      if (taken < received.length) return Promise.resolve(received[taken++] ?? '');
      if (ending) return Promise.reject(ending);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
  };
}

/** `HTTP <status>` of a refused upgrade, or `open`. */
export async function knock(url: string, options: ClientOptions = {}): Promise<string> {
  try {
    const client = await connect(url, options);
    client.socket.terminate();
    return 'open';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
