import { once } from 'node:events';
import { createServer, type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, request as requestHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** What stands between: HTTP goes through to the hub, WebSockets only while it is told so. */
export interface SocketRefusingProxy {
  readonly origin: string;
  letsSockets: boolean;
  /** WebSockets asked for so far. */
  readonly refused: () => number;
  stop(): Promise<void>;
}

/** A middlebox as some networks and phones have them. @param tls certificate and key of its own; without, it is plain */
export async function startSocketRefusingProxy(
  hubOrigin: string,
  tls: { readonly cert: string; readonly key: string } | null = null,
): Promise<SocketRefusingProxy> {
  const target = new URL(hubOrigin);
  const ask = target.protocol === 'https:' ? requestHttps : requestHttp;
  let refused = 0;
  const sockets = new Set<Duplex>();
  const onward = ({ url, method, headers }: IncomingMessage) =>
    ask({ hostname: target.hostname, port: target.port, path: url, method, headers, rejectUnauthorized: false });
  const pass = (request: IncomingMessage, response: ServerResponse): void => {
    const asked = onward(request);
    asked.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on('error', () => response.destroy()).pipe(response);
    });
    asked.on('error', () => response.destroy());
    response.on('close', () => asked.destroy());
    request.pipe(asked);
  };
  const server = tls ? createTlsServer(tls, pass) : createServer(pass);
  const proxy = {
    origin: '',
    letsSockets: false,
    refused: () => refused,
    stop: async (): Promise<void> => {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy());
    if (!proxy.letsSockets) {
      refused += 1;
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    const asked = onward(request);
    sockets.add(socket);
    asked.on('upgrade', (answer, far) => {
      const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${String(value)}`);
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
      far.on('error', () => socket.destroy()).pipe(socket);
      socket.on('close', () => far.destroy()).pipe(far);
    });
    asked.on('error', () => socket.destroy());
    asked.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy.origin = `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return proxy;
}
