import { connect, type Socket } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { addBodyBudget } from '../../../src/main/lan/body-budget';
import { toRefusal } from '../../../src/main/lan/http-errors';

let http: FastifyInstance;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await http.close();
});

async function start(limits: { bytes?: number; perAddress?: number; pauseMs?: number }): Promise<number> {
  http = fastify();
  http.decorateRequest('caller');
  http.addHook('onRequest', (request, _reply, done) => {
    const { ip: address } = request;
    request.caller = {
      address,
      userAgent: null,
      identity: null,
      isLoopback: false,
      isTls: false,
      localAddress: address,
    };
    done();
  });
  addBodyBudget(http, { bytes: 1000, perAddress: 10, pauseMs: 60_000, ...limits });
  http.setErrorHandler((error, _request, reply) => {
    const { status, code } = toRefusal(error);
    return reply.code(status).send(code);
  });
  http.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
  http.post('/', (request) => `got ${(request.body as Buffer).length}`);
  await http.listen({ port: 0, host: '127.0.0.1' });
  return (http.server.address() as { port: number }).port;
}

/** A request whose body comes when the test says so. */
function begin(port: number, length: number): { send(bytes: number): void; answer: Promise<string> } {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  let text = '';
  const answer = new Promise<string>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    socket.once('close', () => resolve(text));
  });
  socket.write(
    `POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${length}\r\nContent-Type: x/y\r\n\r\n`,
  );
  return { send: (bytes) => socket.write('x'.repeat(bytes)), answer };
}

const post = (port: number, bytes: number): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'x'.repeat(bytes), headers: { 'content-type': 'x/y' } });

test('bodies half received share one budget with the others; there is room again when they are answered', async () => {
  const port = await start({});
  const slow = begin(port, 800);
  slow.send(700);
  // Until its bytes are here.
  await expect.poll(async () => (await post(port, 400)).status).toBe(503);
  const refused = await post(port, 400);
  expect([await refused.text(), refused.headers.get('retry-after')]).toEqual(['storage_unavailable', '5']);
  expect(await (await post(port, 100)).text()).toBe('got 100');
  slow.send(100);
  expect(await slow.answer).toContain('got 800');
  await expect.poll(async () => (await post(port, 900)).text()).toBe('got 900');
});

test('an address has so many bodies at once', async () => {
  const port = await start({ perAddress: 2 });
  const waiting = [begin(port, 10), begin(port, 10)];
  for (const one of waiting) one.send(1);
  await expect.poll(async () => (await post(port, 1)).status).toBe(429);
  for (const one of waiting) one.send(9);
  for (const one of waiting) expect(await one.answer).toContain('got 10');
  await expect.poll(async () => (await post(port, 1)).status).toBe(200);
});

test('a body that stands still is given up, and its room with it', async () => {
  const port = await start({ pauseMs: 50 });
  const stalled = begin(port, 900);
  stalled.send(899);
  expect(await stalled.answer).toContain('400 Bad Request');
  await expect.poll(async () => (await post(port, 900)).status).toBe(200);
});
