import { isUtf8 } from 'node:buffer';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { WebSocket } from 'ws';
import type { ConnectionOrigin } from './connection-origin';
import type { HubPlace, IngestContext } from './context';
import { type HttpIngest, registerHttpIngest } from './http-endpoint';
import { PhoneConnection } from './phone-connection';
import { PhoneLines, type PhoneReach } from './phone-lines';
import { SocketLink } from './phone-link';
import type { DeviceDirectory, FrameSink, IngestObserver } from './ports';
import { type Rate, RateLimiter } from './rate-limiter';
import { Replacements } from './replacements';

/** What the endpoint is built from. */
export interface IngestOptions {
  readonly directory: DeviceDirectory;
  readonly sink: FrameSink;
  readonly observer: IngestObserver;
  readonly clock: { now(): number };
  readonly place: HubPlace;
  /** Frames a device may send. */
  readonly frameRate: Rate;
  onBug(error: unknown): void;
}

/** `/pocket-parrot`: phones come in here. */
export interface IngestEndpoint {
  /** Serves an open socket until it closes. `raw`: what it sits on; `first`: a message that was read already. */
  open(socket: WebSocket, raw: Duplex, origin: ConnectionOrigin, first: string | null): void;
  /** Whether the phone on this socket was given a key of its own over it. */
  hasOwnKey(socket: WebSocket): boolean;
  /** The way back to the phones. */
  readonly phones: PhoneReach;
  /** Adds the way in by HTTP requests. Its requests are drained with the sockets. */
  registerHttp(http: FastifyInstance): void;
  /** What every device is held to, whichever way it sends. */
  readonly limiters: Pick<IngestContext, 'frameLimiter' | 'byteLimiter'>;
  /** Takes nothing more; resolves when what was received is committed and acked. */
  drain(): Promise<void>;
}

/** Bytes a device may send: 4 MiB/s, 32 MiB at once (docs/wire-protocol.md, section 3). */
const BYTE_RATE: Rate = { perSecond: 4 * 1024 * 1024, burst: 32 * 1024 * 1024 };

/** Starts the endpoint; sockets are handed to it by whoever listens. */
export function createIngestEndpoint(options: IngestOptions): IngestEndpoint {
  const { sink, observer } = options;
  const connections = new Map<WebSocket, PhoneConnection>();
  const lines = new PhoneLines();
  let isPaused = false;
  let requests: HttpIngest | null = null;

  const setPaused = (paused: boolean): void => {
    if (isPaused === paused) return;
    isPaused = paused;
    for (const connection of connections.values()) {
      if (paused) connection.pause();
      else connection.resume();
    }
  };
  sink.onDrain(() => setPaused(false));

  const context: IngestContext = {
    ...options,
    frameLimiter: new RateLimiter(options.frameRate),
    byteLimiter: new RateLimiter(BYTE_RATE),
    lines,
    replacements: new Replacements(options.clock),
    // Resumed by the sink alone, at half the limits: at the limits themselves it would flutter.
    afterSubmit: () => {
      if (sink.isSaturated()) setPaused(true);
    },
    onBug: (error) => options.onBug(error),
  };

  // One for all sockets: thousands of silent ones cost what each of them keeps.
  function onClose(this: WebSocket): void {
    const connection = connections.get(this);
    if (!connection) return;
    connections.delete(this);
    connection.leave();
    observer.disconnected(connection);
  }

  return {
    open: (socket, raw, origin, first) => {
      const connection = new PhoneConnection(new SocketLink(socket, raw), origin, context);
      connections.set(socket, connection);
      observer.connected(connection);
      socket.on('message', reader(connection));
      socket.on('close', onClose);
      if (isPaused) connection.pause();
      if (first !== null) connection.handle(first, Buffer.byteLength(first));
    },
    hasOwnKey: (socket) => connections.get(socket)?.hasOwnKey ?? false,
    phones: lines,
    limiters: { frameLimiter: context.frameLimiter, byteLimiter: context.byteLimiter },
    registerHttp: (http) => {
      requests = registerHttpIngest(http, context);
    },
    drain: async () => {
      await Promise.all([requests?.drain(), ...[...connections.values()].map((connection) => connection.drain())]);
    },
  };
}

/** Made apart, so that a socket keeps nothing for it but its connection. */
const reader =
  (connection: PhoneConnection) =>
  (data: WebSocket.RawData, isBinary: boolean): void => {
    const bytes = bytesOf(data);
    connection.handle(textOf(bytes, isBinary), bytes.length);
  };

/** ws hands a message over in one of three shapes; ours are always one Buffer (binaryType nodebuffer). */
function bytesOf(data: WebSocket.RawData): Buffer {
  return Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

/** JSON in a binary message is taken too, when it is UTF-8; null when not. Of a text message ws has made sure. */
function textOf(bytes: Buffer, isBinary: boolean): string | null {
  return !isBinary || isUtf8(bytes) ? bytes.toString('utf8') : null;
}
