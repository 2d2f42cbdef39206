import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { protocol } from 'electron';
import type { Hub } from '../hub/hub';
import { APP_SCHEME, isOwnUrl } from './app-address';
import { findAsset } from './asset-path';
import { byteRange } from './byte-range';

/** Mantine writes its style tags at run time; nothing else may come from anywhere but our own origin. */
const PAGE_POLICY = [
  "default-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What phones sent is hostile: it may be shown inside our page, never run as one. */
const MEDIA_POLICY = "default-src 'none'; sandbox";

const WATCH_PATH = /^\/api\/v1\/watch\/([A-Za-z0-9_-]{16,64})$/;
const MEDIA_PATH = /^\/api\/v1\/media\/([0-9a-f]{64})$/;

/** Before the app is ready: app:// behaves like https, with a secure context and fetch. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}

/** Serves the built pages, and the hub's media, to our own windows. */
export function serveApp(rendererDir: string, hub: Pick<Hub, 'media' | 'watched'>): void {
  protocol.handle(APP_SCHEME, async (request) => {
    if (!isOwnUrl(request.url) || request.method !== 'GET') return notFound();
    const { pathname } = new URL(request.url);
    const ticket = WATCH_PATH.exec(pathname)?.[1];
    if (ticket) return serveRecording(hub, ticket, request.headers.get('range'));
    const sha256 = MEDIA_PATH.exec(pathname)?.[1];
    return sha256 ? serveMedia(hub, sha256) : servePage(rendererDir, pathname);
  });
}

async function servePage(rendererDir: string, pathname: string): Promise<Response> {
  const asset = findAsset(rendererDir, pathname);
  if (!asset) return notFound();
  try {
    return new Response(await readFile(asset.path), { headers: headers(asset.contentType, PAGE_POLICY) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return notFound();
    throw error;
  }
}

async function serveMedia(hub: Pick<Hub, 'media'>, sha256: string): Promise<Response> {
  const file = await hub.media(sha256);
  if (!file) return notFound();
  // Node's web streams are typed apart from the DOM's; they are the same objects.
  const body = Readable.toWeb(createReadStream(file.path)) as ReadableStream<Uint8Array>;
  return new Response(body, {
    headers: { ...headers(file.mime, MEDIA_POLICY), 'content-length': String(file.bytes) },
  });
}

/** With ranges (RFC 9110, section 14.2): a player seeks in it. */
async function serveRecording(hub: Pick<Hub, 'watched'>, ticket: string, range: string | null): Promise<Response> {
  const file = hub.watched(ticket);
  if (!file) return notFound();
  const { size } = await stat(file.path);
  const part = byteRange(range, size);
  const own = { ...headers('video/webm', MEDIA_POLICY), 'accept-ranges': 'bytes' };
  if (part === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { ...own, 'content-range': `bytes */${size}` } });
  }
  const { from, to } = part ?? { from: 0, to: size - 1 };
  const body = Readable.toWeb(createReadStream(file.path, { start: from, end: to })) as ReadableStream<Uint8Array>;
  const length = { ...own, 'content-length': String(to - from + 1) };
  return part === null
    ? new Response(body, { headers: length })
    : new Response(body, { status: 206, headers: { ...length, 'content-range': `bytes ${from}-${to}/${size}` } });
}

function headers(contentType: string, policy: string): Record<string, string> {
  return {
    'content-type': contentType,
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
}

function notFound(): Response {
  return new Response('There is nothing here.', { status: 404, headers: headers('text/plain', MEDIA_POLICY) });
}
