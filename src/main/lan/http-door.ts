import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { judgeKeyless } from './access';
import { addBodyBudget, BODY_LIMITS } from './body-budget';
import { allowOrigin, answerPreflight } from './cors';
import type { OwnHosts } from './host-check';
import { toRefusal } from './http-errors';
import type { KeyCheck } from './key-check';
import { keyInRequest } from './key-in-request';
import type { Caller, LanLog, LanOptions, RouteAccess } from './lan';
import { maskedUrl } from './masked-url';
import type { OpenRequests } from './open-requests';
import { REFUSALS, type Refusal, refusalBody } from './refusal';
import { setDataHeaders } from './security-headers';

/** What the HTTP door needs of its surroundings. */
export interface HttpDoorParts {
  readonly options: Pick<LanOptions, 'access' | 'allowOrigins' | 'maxMessageBytes'>;
  readonly ownHosts: OwnHosts;
  readonly keyCheck: KeyCheck;
  readonly openRequests: OpenRequests;
  /** The caller of a request whose host was checked. */
  readonly callerOf: (request: FastifyRequest) => Caller;
  readonly socketPaths: () => readonly string[];
  readonly log: LanLog;
}

/** The one set of routes that both listeners serve; every route says who may use it, and here it is kept. */
export function createHttpDoor(parts: HttpDoorParts): FastifyInstance {
  const keyRoutes: string[] = [];
  const shownUrl = (request: FastifyRequest): string => maskedUrl(request.url, [...parts.socketPaths(), ...keyRoutes]);
  const http = fastify({
    logger: false,
    bodyLimit: parts.options.maxMessageBytes,
    routerOptions: { maxParamLength: 256 },
    frameworkErrors: (error, _request, reply) => {
      setDataHeaders(reply);
      send(reply, toRefusal(error));
    },
  });
  http.decorateRequest('caller');
  http.addHook('onRoute', (route) => {
    if (route.config?.access === undefined) throw new Error(`The route ${route.url} does not say who may use it.`);
    if (route.url.endsWith('/:key')) keyRoutes.push(route.url.slice(0, -'/:key'.length));
  });
  http.addHook('onRequest', async (request, reply) => {
    setDataHeaders(reply);
    const caller = parts.callerOf(request);
    request.caller = caller;
    if (request.method === 'OPTIONS') return answerPreflight(request, reply);
    return judge(request, reply, caller, parts);
  });
  addBodyBudget(http, BODY_LIMITS);
  http.addHook('onResponse', (request, reply, done) => {
    const { method, caller } = request;
    parts.log.debug({ method, url: shownUrl(request), status: reply.statusCode, address: caller.address }, 'request');
    done();
  });
  http.setNotFoundHandler((request, reply) => {
    const isSocketPath = parts.socketPaths().includes(/^\/[^/?]*/.exec(request.url)?.[0] ?? '');
    if (isSocketPath) send(reply.header('upgrade', 'websocket'), REFUSALS.socketOnly);
    else send(reply, REFUSALS.notFound);
  });
  http.setErrorHandler((error, request, reply) => {
    const refusal = toRefusal(error);
    if (refusal.status === 500) {
      parts.log.error({ err: error, url: shownUrl(request) }, 'a request failed');
    }
    send(reply, refusal);
  });
  return http;
}

async function judge(
  request: FastifyRequest,
  reply: FastifyReply,
  caller: Caller,
  parts: HttpDoorParts,
): Promise<FastifyReply | undefined> {
  const { config, url: route } = request.routeOptions;
  const access: RouteAccess = request.is404 ? 'public' : (config.access ?? 'admin');
  const { origin, host = '' } = request.headers;
  const isOwnPage = origin !== undefined && parts.ownHosts.isOwnOrigin(origin, host, caller.localAddress);
  const isForeignPage = origin !== undefined && !isOwnPage && !parts.options.allowOrigins.includes(origin);
  if (!isForeignPage) allowOrigin(request, reply);
  else if (config.ownPagesOnly === true) return send(reply, REFUSALS.foreignPage);

  const key = keyInRequest({ headers: request.headers, url: request.url, suffix: keyParameter(request, route) });
  if (key === null) {
    const isOpenHere = config.openOnLoopback === true;
    if (judgeKeyless(access, caller, parts.options.access, isOpenHere, isForeignPage) !== 'pass') {
      return send(reply, REFUSALS.unauthorized);
    }
    if (access === 'ingest') allowOrigin(request, reply);
    return undefined;
  }
  const result = parts.keyCheck.check(key, access, caller);
  if (result.verdict === 'unauthorized') {
    // A page that needs no key is not withheld from someone with an old one.
    if (access === 'public') return undefined;
    await result.answerAt;
    return send(reply, REFUSALS.unauthorized);
  }
  allowOrigin(request, reply);
  if (result.verdict === 'forbidden') return send(reply, REFUSALS.forbidden);
  request.caller = { ...caller, identity: result.identity };
  parts.openRequests.add(reply.raw, result.identity);
  return undefined;
}

/** The value of a route's own `:key`. */
function keyParameter(request: FastifyRequest, route: string | undefined): string | null {
  if (route?.includes('/:key') !== true) return null;
  const { key } = request.params as { readonly key?: string };
  return key === undefined ? null : encodeURIComponent(key);
}

function send(reply: FastifyReply, refusal: Refusal): FastifyReply {
  if (refusal.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.code(refusal.status).send(refusalBody(refusal));
}
