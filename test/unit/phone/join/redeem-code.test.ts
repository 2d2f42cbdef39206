import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it, vi } from 'vitest';
import { redeemCode, toJoinCode } from '../../../../src/renderer/phone/join/redeem-code';

let server: Server | null = null;

afterEach(async () => {
  vi.unstubAllGlobals();
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  server = null;
});

/** The page's own origin answers so: Node's fetch knows none, so it is put before the path. */
async function answerWith(answer: RequestListener): Promise<void> {
  server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { fetch: nodeFetch } = globalThis;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => nodeFetch(origin + path, init));
}

it.each([
  ['abcd-2345', 'ABCD2345'],
  [' ab cd\u00a023\u201345 ', 'ABCD2345'],
  ['ＡＢＣＤ２３４５', 'ABCD2345'],
  ['abcd٢٣٤٥', 'ABCD2345'],
  ['abcd234567', 'ABCD2345'],
  ['äöü', ''],
  ['', ''],
])('%j is typed, %j is meant', (typed, code) => {
  expect(toJoinCode(typed)).toBe(code);
});

it('asks the hub with the code in the body, never in the address', async () => {
  const asked: IncomingMessage[] = [];
  const bodies: string[] = [];
  await answerWith((request, response) => {
    asked.push(request);
    void text(request).then((body) => {
      bodies.push(body);
      response.setHeader('content-type', 'application/json');
      response.end('{"key":"the-join-key"}');
    });
  });
  expect(await redeemCode('ABCD2345')).toEqual({ kind: 'key', key: 'the-join-key' });
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST /join']);
  expect(asked[0]?.headers['content-type']).toBe('application/json');
  expect(bodies.map((body) => JSON.parse(body) as unknown)).toEqual([{ code: 'ABCD2345' }]);
});

it.each([
  [401, '{"error":"code"}', 'wrong'],
  [404, 'nothing here', 'wrong'],
  [400, '{"key":"not-from-an-error"}', 'wrong'],
  [429, '{}', 'slow'],
  [429, '<html>', 'slow'],
  [429, '{"error":{"code":"too_many_wrong_codes","message":"..."}}', 'barred'],
  [429, '{"error":{"code":"code_withdrawn","message":"..."}}', 'withdrawn'],
  [500, '{}', 'away'],
  [503, '', 'away'],
  [200, '{}', 'wrong'],
  [200, 'null', 'wrong'],
  [200, '{"key":7}', 'wrong'],
  [200, '"key"', 'wrong'],
  [200, '<html>', 'away'],
])('%i %j is told as %s', async (status, body, fault) => {
  await answerWith((_request, response) => response.writeHead(status).end(body));
  expect(await redeemCode('ABCD2345')).toEqual({ kind: 'fault', fault });
});

it('a hub that hangs up is away', async () => {
  await answerWith((request) => request.socket.destroy());
  expect(await redeemCode('ABCD2345')).toEqual({ kind: 'fault', fault: 'away' });
});
