import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProtocolError } from '../../../src/common/wire/protocol-error';
import { type AppEndpoints, registerAppEndpoints } from '../../../src/main/ingest/app-endpoint';
import type { AcceptedFrame, Admission } from '../../../src/main/ingest/ports';
import { RateLimiter } from '../../../src/main/ingest/rate-limiter';

const ADMISSION: Admission = { deviceId: 'd1', name: 'a', clientId: 'osmand:1', flags: ['x'], isExclusive: true };

/** A disk that is as slow or full as the test says: the answers to `append` are the test's to give. */
let waiting: Array<{ frame: AcceptedFrame; stored: () => void; failed: (error: Error) => void }>;
let isSaturated: boolean;
let state: 'active' | 'pending';
let released: number;
let told: string[];
let http: FastifyInstance;
let endpoints: AppEndpoints;
let url: string;
let frameLimiter: RateLimiter;
beforeEach(async () => {
  waiting = [];
  frameLimiter = new RateLimiter({ perSecond: 1, burst: 2 });
  isSaturated = false;
  state = 'active';
  released = 0;
  told = [];
  http = fastify();
  http.decorateRequest('caller');
  http.addHook('onRequest', (request, _reply, done) => {
    const { ip: address } = request;
    request.caller = {
      address,
      userAgent: null,
      identity: null,
      isLoopback: true,
      isTls: false,
      localAddress: address,
    };
    done();
  });
  http.setErrorHandler((error, _request, reply) =>
    reply.code(418).send(error instanceof ProtocolError ? error.code : 'a bug'),
  );
  endpoints = registerAppEndpoints(http, {
    directory: {
      admit: () => ADMISSION,
      release: () => (released += 1),
      issueKey: () => Promise.reject(new Error('not asked for')),
      deviceOfKey: () => null,
      isPersonalKey: () => false,
      stateOf: () => state,
    },
    sink: {
      append: (frame, { stored, failed }) => {
        waiting.push({ frame, stored: () => stored({ kind: 'stored', frameId: 1 }), failed });
      },
      appendBatch: () => Promise.reject(new Error('not asked for')),
      recordDropped: () => Promise.reject(new Error('not asked for')),
      isSaturated: () => isSaturated,
      onDrain: () => {},
    },
    observer: {
      connected: () => told.push('connected'),
      admitted: () => told.push('admitted'),
      handshaken: () => told.push('handshaken'),
      disconnected: () => told.push('disconnected'),
      refused: (_connection, code, frames) => told.push(`${frames} ${code}`),
    },
    clock: { now: () => Date.now() },
    frameLimiter,
    byteLimiter: new RateLimiter({ perSecond: 1e6, burst: 1e6 }),
  });
  url = await http.listen({ port: 0, host: '127.0.0.1' });
});
afterEach(() => http.close());

const ask = (time: number): Promise<Response> => fetch(`${url}/osmand?id=1&lat=1&lon=2&timestamp=${time}`);
const isWaiting = (count: number): Promise<void> => expect.poll(() => waiting.length).toBe(count);

test('the answer leaves after the commit, and draining waits for both', async () => {
  const order: string[] = [];
  const asked = ask(1).then(({ status }) => order.push(`answered ${status}`));
  await isWaiting(1);
  const drained = endpoints.drain().then(() => order.push('drained'));
  expect(told).toEqual([]);
  order.push('committed');
  waiting[0]?.stored();
  await Promise.all([asked, drained]);
  expect(order[0]).toBe('committed');
  expect(order.toSorted()).toEqual(['answered 200', 'committed', 'drained']);
  expect(told).toEqual(['connected', 'admitted', 'handshaken', 'disconnected']);
  expect(released).toBe(1);
});

test('what the log is given: flags of the connection, and the same hash for the same item', async () => {
  const asked = [ask(1), fetch(`${url}/osmand?timestamp=1&lon=2&lat=1&id=1&key=other`)];
  await isWaiting(2);
  for (const { stored } of waiting) stored();
  await Promise.all(asked);
  expect(waiting[0]?.frame).toMatchObject({
    deviceId: 'd1',
    source: 'osmand',
    seq: null,
    capturedAtMs: 1000,
    flags: ['x'],
  });
  expect(waiting[0]?.frame.itemHash).toMatch(/^[0-9a-f]{64}$/);
  expect(waiting[1]?.frame.itemHash).toBe(waiting[0]?.frame.itemHash);
});

test('a disk that fails, and one that is behind: storage_unavailable with Retry-After, nobody is online', async () => {
  const asked = ask(1);
  await isWaiting(1);
  waiting[0]?.failed(new ProtocolError('storage_unavailable', 'full'));
  const failed = await asked;
  isSaturated = true;
  for (const answer of [failed, await ask(2)]) {
    expect(await answer.text()).toBe('storage_unavailable');
    expect(answer.headers.get('retry-after')).toBe('5');
  }
  expect(told).toEqual(['1 storage_unavailable', '1 storage_unavailable']);
  expect(released).toBe(2);
});

test('one that the operator has not let in: pending_approval with Retry-After, nothing reaches the log', async () => {
  state = 'pending';
  const { status, headers } = await ask(1).then(async (answer) => {
    expect(await answer.text()).toBe('pending_approval');
    return answer;
  });
  expect([status, headers.get('retry-after')]).toEqual([418, '5']);
  expect([waiting.length, released, told]).toEqual([0, 1, []]);
});

test('over the rate: when to come back, counted, and nothing reaches the log', async () => {
  const asked = [ask(1), ask(2)];
  await isWaiting(2);
  const refused = await ask(3);
  expect(await refused.text()).toBe('rate_limited');
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(told).toEqual(['1 rate_limited']);
  for (const { stored } of waiting) stored();
  await Promise.all(asked);
  expect(waiting).toHaveLength(2);
});

test('what the device sent another way counts: it has one rate', async () => {
  frameLimiter.take(ADMISSION.deviceId, 2, Date.now());
  expect(await (await ask(1)).text()).toBe('rate_limited');
});

test('refused items are counted; HEAD stores nothing', async () => {
  await fetch(`${url}/osmand?id=1&lat=91&lon=2`);
  expect(told).toEqual(['1 invalid_frame']);
  expect((await fetch(`${url}/osmand?id=1&lat=1&lon=2`, { method: 'HEAD' })).status).toBe(404);
  expect(waiting).toEqual([]);
});
