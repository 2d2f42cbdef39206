import type { FastifyReply, FastifyRequest } from 'fastify';

/** Tells the browser that a page of this origin may read the answer (Fetch standard, section 3.2). No credentials: we have no cookies. */
export function allowOrigin(request: FastifyRequest, reply: FastifyReply): void {
  const { origin } = request.headers;
  if (origin === undefined) return;
  reply.header('access-control-allow-origin', origin);
  reply.header('access-control-expose-headers', 'content-disposition, location, retry-after');
}

/** Answers a preflight, which never carries a key; the request that follows is judged by its own. */
export function answerPreflight(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  allowOrigin(request, reply);
  if (request.headers['access-control-request-private-network'] === 'true') {
    reply.header('access-control-allow-private-network', 'true');
  }
  const { acceptPost } = request.routeOptions.config;
  if (acceptPost !== undefined) reply.header('accept-post', acceptPost);
  return reply
    .header('access-control-allow-methods', 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS')
    .header('access-control-allow-headers', 'authorization, content-type')
    .header('access-control-max-age', '600')
    .code(204)
    .send();
}
