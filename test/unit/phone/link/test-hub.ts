import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
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
/** Where an answer goes: a socket, or a request. */
export type Asker = Pick<ServerSocket, 'close' | 'terminate'> & { send(text: string): void };
type Answer = (message: FromPhone, asker: Asker) => void;

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
    open: (dial, listener) => openSocketWire(dial.origin, { deviceId: 'd', token: () => undefined }, listener),
  };
};

export const send = (socket: Asker, message: object): void => socket.send(JSON.stringify(message));

/** A real server on a free port, for sockets and batches by POST, whose answers the test decides. */
export class TestHub {
  /** Every message, in the order of arrival, of all sockets. */
  readonly received: FromPhone[] = [];
  /** Of those, what came by POST. */
  readonly posted: BatchMessage[] = [];
  connections = 0;
  answer: Answer;
  readonly #http: Server;
  readonly #server: WebSocketServer;

  private constructor(http: Server, server: WebSocketServer, answer: Answer) {
    this.#http = http;
    this.#server = server;
    this.answer = answer;
    http.on('request', (request, response) => void this.#take(request, response));
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
    const { port = 0, maxPayload } = options;
    const http = createServer();
    const server = new WebSocketServer({ server: http, ...(maxPayload === undefined ? {} : { maxPayload }) });
    http.listen(port, '127.0.0.1');
    await once(http, 'listening');
    return new TestHub(http, server, answer);
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
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
    this.#server.close();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const batch = { ...(JSON.parse(await readText(request)) as BatchMessage), type: 'batch' as const };
    this.received.push(batch);
    this.posted.push(batch);
    this.answer(batch, {
      send: (text) => {
        const said = JSON.parse(text) as { type: string; retryAfterMs?: number };
        if (said.type !== 'error') response.end(text);
        else response.writeHead(503).end(JSON.stringify({ error: said }));
      },
      close: () => response.destroy(),
      terminate: () => response.destroy(),
    });
  }
}
