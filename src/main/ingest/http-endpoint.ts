import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LIMITS } from '../../common/wire/limits';
import { ProtocolError } from '../../common/wire/protocol-error';
import { AppPresence } from './app-endpoint-presence';
import type { ConnectionOrigin } from './connection-origin';
import type { IngestContext } from './context';
import { EventStreams } from './event-streams';
import { exchange, HttpRefusal } from './http-exchange';
import { keyOf } from './key-of';
import { parseDeviceId, parseUsername } from './message-parser';
import type { Admission } from './ports';

/** `/api/v1/frames`, `/api/v1/messages` and `/api/v1/events`: the way in for phones that get no WebSocket through. */
export interface HttpIngest {
  /** Resolves when every request received has its answer and every stream said goodbye. */
  drain(): Promise<void>;
}

const INGEST = { config: { access: 'ingest' } } as const;

/** As the log names who sends by requests. */
const CLIENT = 'http';

/** Seconds after which a phone may try again what could not be stored now. */
const STORAGE_RETRY_S = 5;

/** Adds the routes. Requests are answered after the commit only. */
export function registerHttpIngest(http: FastifyInstance, context: IngestContext): HttpIngest {
  const presence = new AppPresence(context);
  const streams = new EventStreams(context);
  const underWay = new Set<Promise<void>>();

  /** A phone that has a line tells by that line whether it is there: this is only a photo beside it. */
  const isBeside = ({ deviceId }: Admission): boolean =>
    context.lines.has(deviceId) && !presence.knows(CLIENT, deviceId);

  const take = async (
    request: FastifyRequest,
    reply: FastifyReply,
    wrap: (text: string) => string,
  ): Promise<unknown> => {
    const answered = new Promise<void>((resolve) => reply.raw.once('close', resolve));
    underWay.add(answered);
    void answered.then(() => underWay.delete(answered));
    try {
      // A socket is paused meanwhile; a request is in memory already, and many of them would have no bound.
      if (context.sink.isSaturated())
        throw new ProtocolError('storage_unavailable', 'the disk is behind; try again later');
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const text = isUtf8(bytes) ? wrap(bytes.toString('utf8')) : null;
      const { answer, admission, frames } = await exchange(text, bytes.length, originOf(request, text), context);
      const { address, localAddress } = request.caller;
      if (admission && isBeside(admission)) context.directory.release(admission.deviceId);
      else if (admission) presence.sent(admission, { address, localAddress, client: CLIENT }, frames);
      return answer ?? reply.code(204).send();
    } catch (error) {
      const retryAfterS = retryAfter(error);
      if (retryAfterS !== null) void reply.header('retry-after', retryAfterS);
      throw error;
    }
  };

  void http.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
    scope.post('/api/v1/messages', INGEST, (request, reply) => take(request, reply, (text) => text));
    scope.post('/api/v1/frames', INGEST, (request, reply) => take(request, reply, asBatch));
    done();
  });
  http.get('/api/v1/events', INGEST, (request, reply) => streams.open(originOf(request, null), request, reply));
  return {
    drain: async () => {
      await Promise.all(underWay);
      streams.stop();
      presence.stop();
    },
  };
}

/** `{boot, frames}` is a batch that says so by its path. Of two members of one name the last counts (ECMA-404). */
function asBatch(text: string): string {
  const end = text.lastIndexOf('}');
  if (end < 0 || text.slice(end + 1).trim() !== '') return text;
  const isEmpty = /^\s*\{\s*$/.test(text.slice(0, end));
  return `${text.slice(0, end)}${isEmpty ? '' : ','}"type":"batch"}`;
}

/**
 * Whose request it is: the device of its key, else `deviceId` in the query or in a handshake. A user name alone is none:
 * from one request to the next nothing tells two people of one name apart.
 * @throws ProtocolError invalid_message
 */
function originOf({ caller, query }: FastifyRequest, text: string | null): ConnectionOrigin {
  const { address, localAddress, userAgent, identity } = caller;
  const { keyDeviceId, isPersonalKey } = keyOf(identity);
  const asked = query as Readonly<Record<string, unknown>>;
  const externalId = parseDeviceId(asked.deviceId) ?? null;
  const username = parseUsername(asked.username) ?? null;
  if (keyDeviceId === null && externalId === null && !saysWhoseItIs(text)) {
    throw new ProtocolError('invalid_message', 'deviceId is missing: say it in the query, or use a device key');
  }
  const rateName = keyDeviceId ?? `http ${externalId ?? address}`;
  // Only our own page sends by requests.
  const source = 'perch';
  return { address, localAddress, userAgent, keyDeviceId, isPersonalKey, externalId, username, rateName, source };
}

/** A handshake with an id; whether it is in order is the parser's to say. */
const saysWhoseItIs = (text: string | null): boolean =>
  text !== null &&
  text.length < LIMITS.firstMessageBytes &&
  text.includes('"handshake"') &&
  text.includes('"deviceId"');

/** Seconds (RFC 9110, section 10.2.3); null when trying again is of no use. */
function retryAfter(error: unknown): number | null {
  if (error instanceof HttpRefusal && error.retryAfterMs !== null) return Math.ceil(error.retryAfterMs / 1000);
  return error instanceof ProtocolError && error.code === 'storage_unavailable' ? STORAGE_RETRY_S : null;
}
