// app://host/path is served as https://host.stand-in-app.localhost/path: a secure origin that never reaches the network.
import type { CustomScheme, Protocol } from 'electron';
import type { CdpSession } from './cdp.ts';
import { guard } from './guard.ts';

type Handler = (request: Request) => Response | Promise<Response>;

const privileged = new Set<string>();
const handlers = new Map<string, Handler>();
let isReady = false;

/** From here on, privileges can't be registered any more. */
export function closeSchemeRegistration(): void {
  isReady = true;
}

export const protocol = guard('protocol', {
  registerSchemesAsPrivileged: (schemes: CustomScheme[]): void => {
    if (isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of schemes) {
      if (privileges?.standard && privileges.secure) privileged.add(scheme);
    }
  },
  handle: (scheme: string, handler: Handler): void => {
    if (!isReady) throw new Error('protocol.handle should be called after app is ready');
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    if (!privileged.has(scheme))
      throw new Error(`stand-in: a scheme that is not standard and secure is not implemented: ${scheme}`);
    handlers.set(scheme, handler);
  },
  unhandle: (scheme: string): void => {
    handlers.delete(scheme);
  },
  isProtocolHandled: (scheme: string): boolean => handlers.has(scheme),
} satisfies Partial<{ [K in keyof Protocol]: unknown }>);

/** What the page is sent to for an address of the app. */
export function toBrowserUrl(url: string): string {
  const { protocol: scheme, host, pathname, search, hash } = new URL(url);
  const name = scheme.slice(0, -1);
  if (!handlers.has(name)) return url;
  return `https://${host ? `${host}.` : ''}stand-in-${name}.localhost${pathname}${search}${hash}`;
}

/** The address the app knows for where the page is. */
export function toAppUrl(url: string): string {
  return url.replace(
    /^https:\/\/(?:([^/]*)\.)?stand-in-([a-z0-9+.-]+)\.localhost/,
    (_match, host: string | undefined, scheme: string) => `${scheme}://${host ?? ''}`,
  );
}

/** `scheme://host`; the URL class knows no origin of a scheme of the app's own. */
export function originOf(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/]*/.exec(url)?.[0] ?? 'null';
}

export function isServedByApp(browserUrl: string): boolean {
  return toAppUrl(browserUrl) !== browserUrl;
}

interface PausedRequest {
  readonly requestId: string;
  readonly request: {
    readonly url: string;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly postData?: string;
  };
}

/** Answers one request of a page through the app's handler, its headers included. */
export async function serve(cdp: CdpSession, { requestId, request }: PausedRequest): Promise<void> {
  const url = toAppUrl(request.url);
  try {
    const handler = handlers.get(new URL(url).protocol.slice(0, -1));
    if (!handler) throw new Error(`no handler for ${url}`);
    const { method, headers, postData } = request;
    const response = await handler(new Request(url, { method, headers, ...(postData ? { body: postData } : {}) }));
    await cdp.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value: toBrowserHeader(name, value) })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  } catch (error) {
    console.error('stand-in: protocol handler failed:', error);
    // The page may be gone meanwhile; there is then nobody to answer.
    await cdp.send('Fetch.failRequest', { requestId, errorReason: 'Failed' }).catch(() => {});
  }
}

/** A policy that names the app's own scheme means the origin it is served under. */
function toBrowserHeader(name: string, value: string): string {
  if (!name.startsWith('content-security-policy')) return value;
  return [...handlers.keys()].reduce(
    (policy, scheme) =>
      policy
        .replaceAll(new RegExp(`(?<=\\s)${scheme}://([^\\s;/]+)`, 'g'), `https://$1.stand-in-${scheme}.localhost`)
        .replaceAll(new RegExp(`(?<=\\s)${scheme}:(?=[\\s;]|$)`, 'g'), `https://*.stand-in-${scheme}.localhost`),
    value,
  );
}
