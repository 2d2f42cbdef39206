import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import type { BatchMessage, Handshake, Welcome } from '../../../../src/common/wire/ingest';
import type { LinkOptions } from '../../../../src/renderer/phone/link/link';
import { openSocketWire } from '../../../../src/renderer/phone/link/socket-wire';

/** Beside handshake and frames. */
export interface OtherMessage {
  readonly type: 'ping' | 'status' | 'reply' | 'read' | 'dropped' | 'sos' | 'message';
  readonly [field: string]: unknown;
}

type FromPhone = Handshake | BatchMessage | OtherMessage;
type Answer = (message: FromPhone, socket: ServerSocket) => void;

export const WELCOME: Welcome = {
  type: 'welcome',
  clientId: 'c',
  message: 'Connected to multi-user server',
  serverTime: '2026-01-01T00:00:00.000Z',
  deviceId: 'd',
  sessionId: 's',
  hubId: 'h',
  addresses: [],
  state: 'active',
  protocol: 1,
};

/** For a link that knows only this one way. */
export const wayTo = (url: string): Pick<LinkOptions, 'way' | 'open'> => {
  const { origin } = new URL(url.replace(/^ws/, 'http'));
  return {
    way: { next: () => Promise.resolve({ origin, rung: 'socket' }), welcomed: () => true, failed: () => undefined },
    open: (dial, listener) => openSocketWire(dial.origin, listener),
  };
};

export const send = (socket: ServerSocket, message: object): void => socket.send(JSON.stringify(message));

/** A real WebSocket server on a free port whose answers the test decides. */
export class TestHub {
  /** Every message, in the order of arrival, of all sockets. */
  readonly received: FromPhone[] = [];
  connections = 0;
  answer: Answer;
  readonly #server: WebSocketServer;

  private constructor(server: WebSocketServer, answer: Answer) {
    this.#server = server;
    this.answer = answer;
    server.on('connection', (socket) => {
      this.connections += 1;
      // A message over maxPayload is also an error event; what the phone sees of it is the close code 1009.
      socket.on('error', () => undefined);
      socket.on('message', (bytes: Buffer) => {
        const message = JSON.parse(bytes.toString()) as FromPhone;
        this.received.push(message);
        this.answer(message, socket);
      });
    });
  }

  static async start(answer: Answer, options: { port?: number; maxPayload?: number } = {}): Promise<TestHub> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, ...options });
    await once(server, 'listening');
    return new TestHub(server, answer);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/pocket-parrot`;
  }

  get sockets(): ServerSocket[] {
    return [...this.#server.clients];
  }

  get batches(): BatchMessage[] {
    return this.received.filter((message): message is BatchMessage => message.type === 'batch');
  }

  /** All messages of one type. */
  of(type: OtherMessage['type']): OtherMessage[] {
    return this.received.filter((message): message is OtherMessage => message.type === type);
  }

  async stop(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
