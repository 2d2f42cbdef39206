import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HubError } from '../../common/contract/errors';
import type { CertificateAuthority } from './ca';
import { mobileConfig } from './mobileconfig';
import { type OwnPage, setPageHeaders } from './security-headers';

/** What the pages need of their surroundings. */
export interface StaticPagesParts {
  readonly staticDir: string;
  /** As it now is; null: no CA of our own to hand out. */
  readonly authority: () => CertificateAuthority | null;
  /** The port of the TLS listener; null before start or without TLS. */
  readonly tlsPort: () => number | null;
  /** The name that the secure page needs; null: that of the request. */
  readonly secureHost: () => string | null;
}

const PUBLIC = { config: { access: 'public' } } as const;
const ONE_YEAR_MS = 365 * 86_400_000;

/** The built pages, what they load, and the CA: all without a key, none with a secret in it. */
export async function registerStaticPages(http: FastifyInstance, parts: StaticPagesParts): Promise<void> {
  await http.register(fastifyStatic, { root: parts.staticDir, serve: false, dotfiles: 'deny', cacheControl: false });
  const sendPage = (reply: FastifyReply, page: OwnPage, file: string): FastifyReply => {
    setPageHeaders(reply, page);
    return reply.sendFile(file);
  };

  http.get('/', PUBLIC, (_request, reply) => reply.redirect('/join'));
  http.get('/join', PUBLIC, (_request, reply) => sendPage(reply, 'phone', 'phone.html'));
  http.get('/room', PUBLIC, (request, reply) => {
    const secure = tlsOrigin(request, parts);
    // A browser counts localhost as secure; from elsewhere the page needs TLS. It keeps the fragment with the key.
    const isSecure = request.caller.isTls || request.caller.isLoopback || secure === null;
    return isSecure ? sendPage(reply, 'room', 'control-room.html') : reply.redirect(`${secure}/room`);
  });
  http.get('/test-signaling.html', PUBLIC, (_request, reply) => sendPage(reply, 'room', 'test-signaling.html'));
  http.get('/assets/*', PUBLIC, (request, reply) => {
    setPageHeaders(reply, 'phone');
    const { '*': name } = request.params as { readonly '*': string };
    // The build puts a hash of the content into each name.
    return reply.sendFile(`assets/${name}`, { cacheControl: true, maxAge: ONE_YEAR_MS, immutable: true });
  });
  for (const file of ['manifest.webmanifest', 'sw.js']) {
    http.get(`/${file}`, PUBLIC, (_request, reply) => sendPage(reply, 'phone', file));
  }
  registerAuthority(http, parts.authority);
}

function registerAuthority(http: FastifyInstance, current: () => CertificateAuthority | null): void {
  const authorityOr404 = (): CertificateAuthority => {
    const authority = current();
    if (!authority) throw new HubError('not_found', 'This hub has no certificate authority of its own.');
    return authority;
  };
  http.get('/ca.crt', PUBLIC, (request, reply) => {
    // Apple's browsers offer to install it when it is shown; the others must save it.
    const isApple = /iPhone|iPad|Macintosh/.test(request.caller.userAgent ?? '');
    if (!isApple) reply.header('content-disposition', 'attachment; filename="perch-ca.crt"');
    return reply.type('application/x-x509-ca-cert').send(authorityOr404().der);
  });
  // Shown, not saved: Safari then offers to install it.
  http.get('/ca.mobileconfig', PUBLIC, (_request, reply) =>
    reply.type('application/x-apple-aspen-config').send(mobileConfig(authorityOr404())),
  );
  http.get('/ca.pem', PUBLIC, (_request, reply) =>
    reply
      .type('application/x-pem-file')
      .header('content-disposition', 'attachment; filename="perch-ca.pem"')
      .send(authorityOr404().pem),
  );
}

/** Our TLS listener under the name its certificate needs, else the one this request came by; its `Host` was checked. */
function tlsOrigin(request: FastifyRequest, parts: StaticPagesParts): string | null {
  const port = parts.tlsPort();
  const name = parts.secureHost() ?? (request.headers.host ?? '').replace(/:\d+$/, '');
  return port === null ? null : `https://${name}:${port}`;
}
