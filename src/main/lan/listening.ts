import type { Server as PlainServer } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import { isIPv6, type Socket } from 'node:net';
import type { Listening } from './lan';
import type { Leaf } from './leaf';
import { bind, createPlainListener, createTlsListener, type Handlers, secureContextOf } from './listeners';

/** Where to listen; `leaf` null: no TLS. */
export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly tlsPort: number;
  readonly leaf: Leaf | null;
}

/** Both listeners, bound. */
export interface Listeners {
  readonly listening: Listening;
  /** New connections get this certificate; open ones go on. */
  readonly renew: (leaf: Leaf) => void;
  /** Frees the ports; open connections go on. */
  readonly stop: () => void;
  /** Frees the ports and cuts every connection. */
  readonly close: () => Promise<void>;
}

/** Binds both or none. @throws what {@link bind} throws. */
export async function openListeners(options: ListenOptions, handlers: Handlers): Promise<Listeners> {
  const plain = createPlainListener(handlers);
  const httpPort = await bind(plain, options.port, options.host);
  if (options.leaf === null) return describe(plain, null, httpPort, null, options.host);
  const tls = createTlsListener(options.leaf, handlers);
  const tlsPort = await bind(tls, options.tlsPort, options.host).catch((error: unknown) => {
    plain.close();
    throw error;
  });
  return describe(plain, tls, httpPort, tlsPort, options.host);
}

function describe(
  plain: PlainServer,
  tls: TlsServer | null,
  httpPort: number,
  tlsPort: number | null,
  host: string,
): Listeners {
  const servers = tls ? [plain, tls] : [plain];
  // A server forgets a connection it has upgraded, so we remember them.
  const connections = new Set<Socket>();
  function onClose(this: Socket): void {
    connections.delete(this);
  }
  for (const server of servers) {
    server.on('connection', (connection: Socket) => {
      connections.add(connection);
      connection.on('close', onClose);
    });
  }
  const name = localName(host);
  return {
    listening: {
      httpPort,
      tlsPort,
      http: `http://${name}:${httpPort}`,
      https: tlsPort === null ? null : `https://${name}:${tlsPort}`,
    },
    renew: (leaf) => tls?.setSecureContext(secureContextOf(leaf)),
    stop: () => {
      for (const server of servers) if (server.listening) server.close();
    },
    close: async () => {
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
      for (const connection of connections) connection.destroy();
      await Promise.all(closed);
    },
  };
}

/** The name under which this machine reaches what is bound to `host`. */
function localName(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return isIPv6(host) ? `[${host}]` : host;
}
