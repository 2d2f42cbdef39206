import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { isMeant } from './reachable-address';

/** What ScreenStream said, asked for its stream. */
export type StreamOffer =
  /** `close`: ends the socket, which has to stay open as long as the stream is read. */
  | { readonly kind: 'path'; readonly path: string; readonly close: () => void }
  | { readonly kind: 'pin_needed' | 'pin_wrong' | 'blocked' }
  /** Nobody there speaks this. */
  | { readonly kind: 'other' };

interface Question {
  readonly host: string;
  readonly port: number;
  readonly pin: string | null;
  /** How long an answer may take, ms. */
  readonly timeoutMs: number;
}

/** The app ends sockets that are silent for 10 s. */
const HEARTBEAT_MS = 4_000;
/** Its messages are short. */
const MAX_MESSAGE_BYTES = 64 * 1024;

/** Asks ScreenStream (dkrivoruchko/ScreenStream, its own page's protocol) where its stream is, with a PIN if it wants one. */
export function askScreenStream({ host, port, pin, timeoutMs }: Question): Promise<StreamOffer> {
  const clientId = randomBytes(8).toString('hex');
  const authority = host.includes(':') ? `[${host}]` : host;
  const socket = new WebSocket(`ws://${authority}:${port}/socket?clientId=${clientId}`, {
    handshakeTimeout: timeoutMs,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  return new Promise((resolve) => {
    let heartbeat: NodeJS.Timeout | undefined;
    const patience = setTimeout(() => settle({ kind: 'other' }), timeoutMs);
    const close = (): void => {
      clearInterval(heartbeat);
      socket.terminate();
    };
    const settle = (offer: StreamOffer): void => {
      clearTimeout(patience);
      if (offer.kind !== 'path') close();
      resolve(offer);
    };
    const say = (message: object): void => socket.send(JSON.stringify(message));
    socket.on('upgrade', ({ socket: raw }: IncomingMessage) => {
      if (!isMeant(host, raw.remoteAddress)) settle({ kind: 'other' });
    });
    socket.on('open', () => {
      say({ type: 'CONNECT' });
      heartbeat = setInterval(() => say({ type: 'HEARTBEAT' }), HEARTBEAT_MS);
    });
    let isPinSent = false;
    socket.on('message', (data: Buffer) => {
      const message = parse(data);
      const path = pathOf(message);
      if (path !== null) {
        settle({ kind: 'path', path: `${path}${path.includes('?') ? '&' : '?'}clientId=${clientId}`, close });
      } else if (message?.type === 'UNAUTHORIZED') {
        if (message.data === 'ADDRESS_BLOCKED') settle({ kind: 'blocked' });
        else if (isPinSent) settle({ kind: 'pin_wrong' });
        else if (pin === null) settle({ kind: 'pin_needed' });
        else {
          isPinSent = true;
          const hash = createHash('sha256').update(`${clientId}${pin}`).digest('hex');
          say({ type: 'PIN', data: hash });
        }
      }
    });
    socket.on('error', () => settle({ kind: 'other' }));
    socket.on('close', () => {
      clearInterval(heartbeat);
      settle({ kind: 'other' });
    });
  });
}

interface Answer {
  readonly type?: unknown;
  readonly data?: unknown;
}

function parse(data: Buffer): Answer | null {
  try {
    const value: unknown = JSON.parse(data.toString('utf8'));
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}

/** A name of one file on the same host: whatever else is said would be somebody else's address. */
function pathOf(message: Answer | null): string | null {
  if (message?.type !== 'STREAM_ADDRESS') return null;
  const { data } = message;
  const address = typeof data === 'object' && data !== null && 'streamAddress' in data ? data.streamAddress : null;
  if (typeof address !== 'string' || !/^\/?[A-Za-z0-9][A-Za-z0-9._-]{0,100}$/.test(address)) return null;
  return address.startsWith('/') ? address : `/${address}`;
}
