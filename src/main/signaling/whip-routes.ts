import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { cleanName } from './hello';
import { faultOfSdp } from './own-sdp';
import type { Standing } from './standing';
import type { Whip, WhipSender } from './whip';
import { hasVideo, isSdp } from './whip-member';

/** An offer of many tracks has a few 10 kB. */
const OFFER_BYTES = 128 * 1024;

const SDP = 'application/sdp';

/** What is known of phones. */
interface WhipPhones {
  /** What the operator calls a phone; null: unknown. */
  readonly nameOfDevice: (deviceId: string) => string | null;
  /** Whether a phone may send; null: one that holds no key of its own. */
  readonly standingOf: (deviceId: string | null) => Standing;
}

/** Adds `/whip` (RFC 9725). */
export function registerWhip(http: FastifyInstance, whip: Whip, phones: WhipPhones): void {
  const ingest = { config: { access: 'ingest' } } as const;
  void http.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(SDP, { parseAs: 'string', bodyLimit: OFFER_BYTES }, (_request, body, parsed) =>
      parsed(null, body),
    );
    // Answered at the door; here it says what may be posted (section 4.2).
    scope.options('/whip', { config: { access: 'public', acceptPost: SDP } }, (_request, reply) => reply.send());
    scope.post('/whip', ingest, (request, reply) => post(whip, request, reply, phones));
    scope.delete<{ Params: { id: string } }>('/whip/:id', ingest, (request, reply) => {
      const { identity } = request.caller;
      if (identity?.kind === 'join') return refuse(reply, 403, 'forbidden', JOIN_KEY);
      const deviceId = identity?.kind === 'device' ? identity.deviceId : null;
      switch (whip.end(request.params.id, deviceId)) {
        case 'unknown':
          return refuse(reply, 404, 'not_found', 'There is no such WHIP session.');
        case 'foreign':
          return refuse(reply, 403, 'forbidden', 'This is another sender’s session.');
        case 'ended':
          return reply.code(200).send();
      }
    });
    // Neither trickle ICE nor restarts (section 4.3.1), nor anything to read: said before a body is looked at.
    const notAllowed = (allowed: string) => ({
      ...ingest,
      onRequest: async (_request: FastifyRequest, reply: FastifyReply) =>
        refuse(reply.header('allow', allowed), 405, 'method_not_allowed', `This address takes ${allowed}.`),
    });
    const never = (_request: FastifyRequest, reply: FastifyReply): FastifyReply => reply.send();
    scope.route({
      method: ['GET', 'PUT', 'PATCH', 'DELETE'],
      url: '/whip',
      ...notAllowed('POST, OPTIONS'),
      handler: never,
    });
    scope.route({
      method: ['GET', 'POST', 'PUT', 'PATCH'],
      url: '/whip/:id',
      ...notAllowed('DELETE, OPTIONS'),
      handler: never,
    });
    done();
  });
}

const JOIN_KEY = 'The join key is for pairing: sending by WHIP needs a device, personal or admin key.';

async function post(
  whip: Whip,
  request: FastifyRequest,
  reply: FastifyReply,
  phones: WhipPhones,
): Promise<FastifyReply> {
  if (request.caller.identity?.kind === 'join') return refuse(reply, 403, 'forbidden', JOIN_KEY);
  const sender = senderOf(request, phones);
  const standing = request.caller.identity?.kind === 'admin' ? 'active' : phones.standingOf(sender.deviceId);
  if (standing === 'removed') return refuse(reply, 403, 'forbidden', 'The operator removed this phone.');
  if (standing === 'pending')
    return refuse(reply, 403, 'pending_approval', 'The operator has not let this phone in yet.');
  const sdp = typeof request.body === 'string' ? request.body : '';
  if (!isSdp(sdp)) return refuse(reply, 400, 'invalid_message', 'The body must be an SDP offer with video.');
  const fault = hasVideo(sdp) ? faultOfSdp(sdp) : 'the offer has no video, and sound alone is not shown';
  if (fault !== null) return refuse(reply, 400, 'invalid_message', `Not taken: ${fault}.`);
  const outcome = await whip.offer(sender, sdp, (listener) => {
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) listener();
    });
  });
  if ('sentence' in outcome) {
    return refuse(reply.header('retry-after', outcome.retryAfterS), 503, 'no_answer', outcome.sentence);
  }
  return reply.code(201).type(SDP).header('location', `/whip/${outcome.sessionId}`).send(outcome.sdp);
}

function senderOf({ caller }: FastifyRequest, { nameOfDevice }: WhipPhones): WhipSender {
  const deviceId = caller.identity?.kind === 'device' ? caller.identity.deviceId : null;
  // `OBS-Studio/30.2 (Windows x86_64; ...)`
  const program = cleanName((caller.userAgent ?? '').split(/[/ (]/, 1)[0] ?? '');
  const name = (deviceId === null ? null : nameOfDevice(deviceId)) ?? program ?? 'WHIP';
  return {
    address: caller.address,
    localAddress: caller.localAddress,
    deviceId,
    keyId: caller.identity?.keyId ?? null,
    name,
  };
}

function refuse(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return reply.code(status).send({ error: { code, message } });
}
