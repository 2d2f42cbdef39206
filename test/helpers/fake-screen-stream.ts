import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

/** How it behaves, as far as its own page can see. */
interface Behaviour {
  readonly pin?: string;
  /** Answers the stream itself with this instead. */
  readonly answer?: (response: ServerResponse) => void;
}

/** An app that serves a phone's screen, as ScreenStream does by what its own page asks of it. */
export interface FakeScreenStream {
  readonly port: number;
  /** Sends one picture to whoever reads. */
  show(jpeg: Buffer): void;
  /** Readers now, and requests so far. */
  readonly readers: ReadonlySet<ServerResponse>;
  readonly requests: readonly string[];
  /** Ends all streams, as when the app is put away. */
  hangUp(): void;
  stop(): Promise<void>;
}

const BOUNDARY = 'Xb3kQw9sTzLmPq0RyVaN';

export async function startFakeScreenStream({ pin, answer }: Behaviour = {}): Promise<FakeScreenStream> {
  const readers = new Set<ServerResponse>();
  const requests: string[] = [];
  const allowed = new Set<string>();
  const path = pin === undefined ? 'stream.mjpeg' : 'k3v9x2.mjpeg';
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    const url = new URL(request.url ?? '/', 'http://fake');
    if (url.pathname !== `/${path}`) response.writeHead(404).end();
    else if (pin !== undefined && !allowed.has(url.searchParams.get('clientId') ?? '')) response.writeHead(403).end();
    else if (answer) answer(response);
    else {
      response.writeHead(200, { 'content-type': `multipart/x-mixed-replace; boundary=${BOUNDARY}` });
      response.write(`--${BOUNDARY}\r\n`);
      readers.add(response);
      response.on('close', () => readers.delete(response));
    }
  });
  const sockets = new WebSocketServer({ server, path: '/socket' });
  sockets.on('connection', (socket, request) => {
    const clientId = new URL(request.url ?? '/', 'http://fake').searchParams.get('clientId') ?? '';
    const say = (type: string, data: unknown): void => socket.send(JSON.stringify({ type, data }));
    const give = (): void => {
      allowed.add(clientId);
      say('STREAM_ADDRESS', { enableButtons: false, streamAddress: path, streamFormat: 'MJPEG' });
    };
    socket.on('message', (bytes: Buffer) => {
      const { type, data } = JSON.parse(bytes.toString()) as { type: string; data?: string };
      if (type === 'HEARTBEAT') say('HEARTBEAT', '');
      else if (type === 'CONNECT' && pin === undefined) give();
      else if (type === 'CONNECT') say('UNAUTHORIZED', null);
      else if (type === 'PIN') {
        const right = createHash('sha256').update(`${clientId}${pin}`).digest('hex');
        if (data === right) give();
        else say('UNAUTHORIZED', 'WRONG_PIN');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    readers,
    requests,
    show: (jpeg) => {
      for (const reader of readers) {
        reader.write(`Content-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\n\r\n`);
        reader.write(jpeg);
        reader.write(`\r\n--${BOUNDARY}\r\n`);
      }
    },
    hangUp: () => {
      for (const reader of readers) reader.destroy();
    },
    stop: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
