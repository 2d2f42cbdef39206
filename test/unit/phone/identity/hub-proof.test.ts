import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { isHubProved, isHubUp } from '../../../../src/renderer/phone/identity/hub-proof';

const KNOWN = { hubId: 'hub-1', deviceId: 'dev-1', deviceKey: 'the key of this phone' };
let server: Server | null = null;

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  server = null;
});

async function listen(answer: RequestListener): Promise<string> {
  server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Knowledge {
  readonly hubId?: string;
  readonly key?: string;
  /** What the one that answers signs as its address. */
  readonly host?: string;
  readonly nonce?: string;
}

/** A hub that knows so much; by Node's own crypto. */
const prover =
  ({ hubId = 'hub-1', key = KNOWN.deviceKey, ...over }: Knowledge): RequestListener =>
  (request, response) => {
    const asked = new URL(request.url ?? '', 'http://x').searchParams;
    const nonce = over.nonce ?? asked.get('nonce') ?? '';
    const hash = createHash('sha256').update(key).digest();
    const message = `perch-proof|${hubId}|${over.host ?? request.headers.host ?? ''}|${nonce}`;
    const proof = createHmac('sha256', hash).update(message).digest('hex');
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ hubId, proofs: asked.get('device') === 'dev-1' ? ['00', proof] : [] }));
  };

it('believes the hub that knows the hash of its key', async () => {
  expect(await isHubProved(await listen(prover({})), KNOWN)).toBe(true);
});

it.each<[string, RequestListener]>([
  ['another hub', prover({ hubId: 'hub-2' })],
  ['one that does not know the key', prover({ key: 'guessed' })],
  ['an answer fetched from the hub by another address', prover({ host: '192.168.1.20:8080' })],
  ['an answer to an earlier question', prover({ nonce: '00'.repeat(16) })],
  ['no JSON', (_request, response) => response.end('hello')],
  ['a list that is none', (_request, response) => response.end('{"hubId":"hub-1","proofs":"all"}')],
  ['an error', (_request, response) => response.writeHead(429).end('{}')],
])('does not believe %s', async (_case, answer) => {
  expect(await isHubProved(await listen(answer), KNOWN)).toBe(false);
});

it('believes no plain address while it has no key that could be proved', async () => {
  expect(await isHubProved(await listen(prover({})), { ...KNOWN, deviceKey: null })).toBe(false);
});

it('believes nobody where nothing answers', async () => {
  const origin = await listen(() => undefined);
  server?.close();
  expect(await isHubProved(origin, KNOWN)).toBe(false);
});

it('tells whether a hub answers at all', async () => {
  const origin = await listen((_request, response) => response.end('{}'));
  expect(await isHubUp(origin)).toBe(true);
  await new Promise((resolve) => server?.close(resolve));
  expect(await isHubUp(origin)).toBe(false);
});
