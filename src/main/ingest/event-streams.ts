import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HubToPhone } from '../../common/wire/ingest';
import { LIMITS } from '../../common/wire/limits';
import { ProtocolError } from '../../common/wire/protocol-error';
import type { ConnectionOrigin } from './connection-origin';
import type { IngestContext } from './context';
import type { PhoneLine } from './phone-lines';
import type { Admission, ConnectionInfo } from './ports';
import { welcomeOf } from './welcome';

/** Streams at once: a stream is no socket, so it takes none of their places. */
const MAX_STREAMS = 1000;
/** Of one address, loopback excepted: a team behind one router has as many sockets. */
const MAX_PER_ADDRESS = LIMITS.connectionsPerAddress;
/** Proxies and radios cut what is silent for longer, ms. */
const KEEP_ALIVE_MS = 15_000;
/** A phone with more than this unread is gone or hostile, bytes. */
const HIGH_WATER_BYTES = 256 * 1024;

interface Stream extends PhoneLine {
  readonly address: string;
  send(text: string): void;
  stop(): void;
}

/** Server-sent events (WHATWG HTML, section 9.2): the way back to phones that send by requests. */
export class EventStreams {
  readonly #context: IngestContext;
  readonly #streams = new Map<string, Stream>();

  constructor(context: IngestContext) {
    this.#context = context;
  }

  /** Holds the answer open. A newer stream of the same device ends the one before. @throws KickedError, ProtocolError */
  open(origin: ConnectionOrigin, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { directory, observer, clock, lines } = this.#context;
    const { caller } = request;
    if (this.#streams.size >= MAX_STREAMS || (!caller.isLoopback && this.#streamsOf(caller.address) >= MAX_PER_ADDRESS))
      throw new ProtocolError('rate_limited', 'too many event streams; try again later');
    // It left before it was looked at: no `close` will come any more.
    if (reply.raw.destroyed) return reply.hijack();
    const { address, localAddress, userAgent, keyDeviceId, isPersonalKey } = origin;
    const { externalId = null, username = null } = origin;
    const said = { externalId, username, platform: null };
    const admission = directory.admit({ keyDeviceId, isPersonalKey, ...said, address, userAgent });
    const { deviceId } = admission;
    this.#streams.get(deviceId)?.stop();
    const info: ConnectionInfo = { address, localAddress, connectedAtMs: clock.now(), admission, frames: 0 };
    const stream = this.#start(admission, { address, localAddress }, reply);
    reply.raw.once('close', () => {
      lines.remove(stream);
      if (this.#streams.get(deviceId) === stream) this.#streams.delete(deviceId);
      directory.release(deviceId);
      observer.disconnected(info);
    });
    this.#streams.set(deviceId, stream);
    lines.add(stream);
    observer.connected(info);
    observer.admitted(info);
    observer.listening(deviceId);
    return reply;
  }

  /** Says goodbye to all: the hub stops. */
  stop(): void {
    for (const stream of this.#streams.values()) {
      stream.send(JSON.stringify({ type: 'server_shutdown' } satisfies HubToPhone));
      stream.stop();
    }
  }

  #streamsOf(address: string): number {
    return [...this.#streams.values()].filter((stream) => stream.address === address).length;
  }

  #start(
    admission: Admission,
    { address, localAddress }: Pick<ConnectionInfo, 'address' | 'localAddress'>,
    reply: FastifyReply,
  ): Stream {
    const { raw } = reply;
    reply.hijack();
    // Headers of the door (CORS among them) were set on the reply, which no longer writes them.
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
    raw.setHeader('content-type', 'text/event-stream; charset=utf-8');
    // nginx would hold events back.
    raw.setHeader('x-accel-buffering', 'no');
    raw.writeHead(200);
    const write = (text: string): void => {
      if (raw.writableLength > HIGH_WATER_BYTES) raw.destroy();
      else raw.write(text);
    };
    write(': connected\n\n');
    const timer = setInterval(() => write(': \n\n'), KEEP_ALIVE_MS);
    raw.once('close', () => clearInterval(timer));
    const send = (text: string): void => write(`data: ${text}\n\n`);
    const stop = (): void => {
      raw.end();
    };
    return {
      address,
      deviceId: admission.deviceId,
      isListening: true,
      send,
      stop,
      say: (message) => send(JSON.stringify(message)),
      welcome: () => send(JSON.stringify(welcomeOf(admission, localAddress, this.#context))),
      end: () => {
        stop();
        return Promise.resolve();
      },
    };
  }
}
