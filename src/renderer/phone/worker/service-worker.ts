/**
 * Lets the phone page open while the hub is away, where its TLS is trusted: a phone that was restarted in the field still
 * records, and shows what waits. It keeps the page and its assets and nothing else: no answer of the API, no key, no photo.
 */

/** The events of a worker that lib.dom does not know. */
interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface WorkerScope {
  addEventListener(type: 'install' | 'activate', listen: (event: ExtendableEvent) => void): void;
  addEventListener(type: 'fetch', listen: (event: FetchEvent) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}

/** Filled in by the build: a hash of what follows, and the assets of the phone page. */
declare const PERCH_VERSION: string;
declare const PERCH_ASSETS: readonly string[];

const scope = globalThis as unknown as WorkerScope;
const PREFIX = 'perch-page-';
const CACHE = `${PREFIX}${PERCH_VERSION}`;
const PAGE = '/join';
/** A radio that is there and lets nothing through must not keep the page shut. */
const PATIENCE_MS = 4_000;
/** The hub answers by Origin, and a page loads some of its assets with one. */
const IGNORING = { ignoreVary: true } as const;

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll([PAGE, ...PERCH_ASSETS]);
  await scope.skipWaiting();
}

async function activate(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await scope.clients.claim();
}

/** From the hub while it answers, so that a newer page is seen at once; else as it was last. */
async function openPage(): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    // By its path alone: nothing of a query is kept.
    const page = await fetch(PAGE, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!page.ok) throw new Error(`HTTP ${page.status}`);
    await cache.put(PAGE, page.clone());
    return page;
  } catch {
    return (await cache.match(PAGE, IGNORING)) ?? Response.error();
  }
}

/** The name of an asset holds a hash of its content: what is kept is right for ever. */
const openAsset = async (request: Request): Promise<Response> =>
  (await caches.match(request, IGNORING)) ?? fetch(request);

scope.addEventListener('install', (event) => event.waitUntil(install()));
scope.addEventListener('activate', (event) => event.waitUntil(activate()));
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (pathname === PAGE && request.mode === 'navigate') event.respondWith(openPage());
  else if (pathname.startsWith('/assets/')) event.respondWith(openAsset(request));
});
