import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { HttpWire } from '../../../../src/renderer/phone/link/http-wire';
import { readEvents } from '../../../../src/renderer/phone/link/read-events';
import { WELCOME } from './test-hub';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
let server: Server | null = null;
let wire: HttpWire | null = null;

afterEach(async () => {
  wire?.close();
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  server = null;
});

async function openWire(answer: Answer) {
  server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const listener = { opened: vi.fn(), said: vi.fn(), closed: vi.fn() };
  wire = new HttpWire(origin, { deviceId: 'd 1', token: () => 'KEY' }, listener);
  await vi.waitFor(() => expect(listener.opened).toHaveBeenCalledTimes(1));
  return { wire, listener };
}

const json = (response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};
const BATCH = '{"type":"batch","boot":"b","live":true,"frames":[{"seq":7,"data":{}}]}';
const SOS = '{"boot":"b","seq":9,"type":"sos","active":true}';

it('sends batches and messages to their own paths, the key in a header only', async () => {
  const asked: string[] = [];
  const { wire: open } = await openWire((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.writeHead(204).end();
  });
  open.send(BATCH);
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  open.send(SOS);
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(asked).toEqual([
    'POST /api/v1/frames?deviceId=d%201 Bearer KEY',
    'POST /api/v1/messages?deviceId=d%201 Bearer KEY',
  ]);
});

it('hears the way back after the welcome, and opens it again when it ends', async () => {
  let streams = 0;
  const { wire: open, listener } = await openWire((request, response) => {
    if (!request.url?.startsWith('/api/v1/events')) return json(response, 200, WELCOME);
    streams += 1;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`: hello\n\ndata: {"type":"message","id":"m${streams}",\ndata: "text":"x"}\n\n`);
  });
  open.send('{"type":"handshake"}');
  await vi.waitFor(() => expect(listener.said).toHaveBeenCalledWith({ type: 'message', id: 'm2', text: 'x' }), 8_000);
  expect(listener.said.mock.calls.slice(0, 2)).toEqual([[WELCOME], [{ type: 'message', id: 'm1', text: 'x' }]]);
});

it.each([
  ['a batch', BATCH, 429, 'rate_limited', { seq: 7, retryAfterMs: 3_000 }],
  ['a word', SOS, 503, 'storage_unavailable', { seq: 9, retryAfterMs: 3_000 }],
  ['a word of a phone that waits', SOS, 403, 'pending_approval', { seq: 9, retryAfterMs: 3_000 }],
])('turns a refusal of %s into the error of a socket', async (_case, text, status, code, more) => {
  const { wire: open, listener } = await openWire((_request, response) =>
    json(response, status, { error: { code, message: 'later' } }, { 'retry-after': '3' }),
  );
  open.send(text);
  await vi.waitFor(() =>
    expect(listener.said).toHaveBeenCalledWith({ type: 'error', code, message: 'later', boot: 'b', ...more }),
  );
  expect(listener.closed).not.toHaveBeenCalled();
});

it.each([
  [401, 'unauthorized', 1008],
  [403, 'forbidden', 4003],
  [403, 'foreign_host', 1006],
  [403, '', 1006],
])('%i %s closes it as a socket would be', async (status, why, code) => {
  const { wire: open, listener } = await openWire((_request, response) =>
    json(response, status, { error: { code: why, message: 'no' } }),
  );
  open.send(SOS);
  await vi.waitFor(() => expect(listener.closed).toHaveBeenCalledWith(code));
  expect(open.send(SOS)).toBe(false);
});

it('a status that a waiting phone may not send yet ends nothing', async () => {
  const answered = vi.fn();
  const { wire: open, listener } = await openWire((_request, response) => {
    response.once('finish', answered);
    json(response, 403, { error: { code: 'pending_approval', message: 'later' } });
  });
  open.send('{"type":"status"}');
  await vi.waitFor(() => expect(answered).toHaveBeenCalled());
  open.send(SOS);
  await vi.waitFor(() => expect(listener.said).toHaveBeenCalledTimes(1));
  expect(listener.closed).not.toHaveBeenCalled();
});

it('closes when the hub is gone, and says nothing after it was closed here', async () => {
  const { wire: open, listener } = await openWire((request) => request.destroy());
  open.send(SOS);
  await vi.waitFor(() => expect(listener.closed).toHaveBeenCalledWith(1006));
  const other = await openWire((_request, response) => json(response, 200, WELCOME));
  other.wire.send(SOS);
  other.wire.close();
  await new Promise((resolve) => setImmediate(resolve));
  expect(other.listener.said).not.toHaveBeenCalled();
  expect(other.listener.closed).not.toHaveBeenCalled();
});

it.each([
  ['one chunk', ['data: a\n\ndata: b\n\n']],
  ['cut anywhere', ['da', 'ta: a\r', '\n\r\n: x\ndata:b\n', '\n', 'data: never ended']],
])('reads events from %s', async (_case, chunks) => {
  const heard: string[] = [];
  const cut = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
  await readEvents(cut, (data) => heard.push(data));
  expect(heard).toEqual(['a', 'b']);
});
