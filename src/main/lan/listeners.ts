import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { LIMITS } from '../../common/wire/limits';
import { plainAddress } from './ip-address';
import type { LanLog } from './lan';
import type { Leaf } from './leaf';
import { findPortHolder } from './port-holder';
import { PortInUseError } from './port-in-use-error';

/** Time to send the request's head; a client that dribbles is cut off. */
const HEADERS_TIMEOUT_MS = 15_000;
/** Time for a whole request: 8 MiB over bad radio. */
const REQUEST_TIMEOUT_MS = 180_000;
const TLS_HANDSHAKE_TIMEOUT_MS = 15_000;
/** TCP connections beyond the admitted sockets: those without a key yet, and plain HTTP. */
const SPARE_CONNECTIONS = LIMITS.operatorConnections + LIMITS.unauthorizedSockets + 1024;

/** What both listeners do with what comes in. */
export interface Handlers {
  readonly onRequest: (request: IncomingMessage, response: ServerResponse) => void;
  readonly onUpgrade: (request: IncomingMessage, raw: Duplex, head: Buffer) => void;
  /** Of each connection to the TLS port, before anything was said. */
  readonly onTlsConnection: (remoteAddress: string) => void;
  readonly maxConnections: number;
  readonly log: LanLog;
}

const serverOptions = {
  headersTimeout: HEADERS_TIMEOUT_MS,
  requestTimeout: REQUEST_TIMEOUT_MS,
  keepAliveTimeout: 30_000,
  noDelay: true,
  // curl and others offer HTTP/2 on every request (`Upgrade: h2c`): that is a request, not an upgrade.
  shouldUpgradeCallback: (request: IncomingMessage) => request.headers.upgrade?.toLowerCase() === 'websocket',
};

export function createPlainListener(handlers: Handlers): http.Server {
  return prepare(http.createServer(serverOptions, handlers.onRequest), handlers);
}

export function createTlsListener(leaf: Leaf, handlers: Handlers): https.Server {
  const options = { ...serverOptions, ...secureContextOf(leaf), handshakeTimeout: TLS_HANDSHAKE_TIMEOUT_MS };
  const server = prepare(https.createServer(options, handlers.onRequest), handlers);
  server.on('connection', ({ remoteAddress = '' }: Socket) => handlers.onTlsConnection(plainAddress(remoteAddress)));
  server.on('tlsClientError', (error) => handlers.log.debug({ error: error.message }, 'TLS handshake failed'));
  return server;
}

/** For `setSecureContext` too: a new certificate serves new connections, open ones go on. */
export function secureContextOf(leaf: Leaf): { cert: string; key: string; minVersion: 'TLSv1.2' } {
  return { cert: leaf.certificatePem, key: leaf.keyPem, minVersion: 'TLSv1.2' };
}

function prepare<S extends http.Server | https.Server>(server: S, handlers: Handlers): S {
  server.maxConnections = handlers.maxConnections + SPARE_CONNECTIONS;
  server.on('upgrade', handlers.onUpgrade);
  server.on('clientError', (error: Error, raw: Duplex) => {
    handlers.log.debug({ error: error.message }, 'unreadable request');
    if (raw.writable) raw.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else raw.destroy();
  });
  return server;
}

/**
 * Binds a listener. @returns the port, which is another when 0 was asked for.
 * @throws PortInUseError, or an Error with a sentence.
 */
export async function bind(server: Server, port: number, host: string): Promise<number> {
  const failure = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    const onListening = (): void => {
      server.off('error', resolve);
      resolve(null);
    };
    server.once('listening', onListening);
    server.once('error', (error) => {
      server.off('listening', onListening);
      resolve(error);
    });
    server.listen({ port, host });
  });
  if (failure) throw await bindError(failure, port, host);
  return (server.address() as AddressInfo).port;
}

async function bindError(error: NodeJS.ErrnoException, port: number, host: string): Promise<Error> {
  switch (error.code) {
    case 'EADDRINUSE':
      return new PortInUseError(port, await findPortHolder(port));
    case 'EACCES':
      return new Error(`This user may not listen on port ${port}; ports from 1024 up are free to all.`, {
        cause: error,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Error(`${host} is not an address of this machine.`, { cause: error });
    default:
      return error;
  }
}
