import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { HubToPhone } from '../../../../src/common/wire/ingest';
import { Link, type LinkOptions } from '../../../../src/renderer/phone/link/link';
import type { LinkState } from '../../../../src/renderer/phone/link/link-state';
import { send, TestHub, WELCOME, wayTo } from './test-hub';

const states: LinkState[] = [];
const received: HubToPhone[] = [];
const lost: (number | null)[] = [];
let hub: TestHub;
let link: Link | null = null;
let otherKeys = 0;

beforeEach(async () => {
  otherKeys = 0;
  for (const list of [states, received, lost]) list.length = 0;
  hub = await TestHub.start((_message, socket) => send(socket, WELCOME));
});

afterEach(async () => {
  link?.stop();
  await hub.stop();
});

function makeLink(options: Partial<LinkOptions> = {}): Link {
  const made = new Link({
    ...wayTo(hub.url),
    handshake: () => ({ type: 'handshake', client: 'perch-phone', token: 'K' }),
    welcomed: () => undefined,
    keyRefused: () => otherKeys-- > 0,
    backOff: () => 10,
    ...options,
  });
  made.listen({
    stateChanged: (state) => states.push(state),
    received: (message) => received.push(message),
    lost: (code) => lost.push(code),
  });
  link = made;
  return made;
}

const until = (kind: LinkState['kind']) => vi.waitFor(() => expect(link?.state.kind).toBe(kind), { timeout: 5_000 });
const kinds = () => states.map(({ kind }) => kind);

it('sends the handshake first and is connected with the welcome', async () => {
  const welcomed = vi.fn();
  makeLink({ welcomed }).start();
  await until('connected');
  expect(hub.received).toEqual([{ type: 'handshake', client: 'perch-phone', token: 'K' }]);
  expect(welcomed).toHaveBeenCalledWith(WELCOME, {
    origin: new URL(hub.url.replace('ws', 'http')).origin,
    rung: 'socket',
  });
  expect(kinds()).toEqual(['connecting', 'connected']);
});

it('has one socket however often it is started', async () => {
  const made = makeLink();
  made.start();
  made.start();
  await until('connected');
  made.start();
  expect(hub.connections).toBe(1);
});

it('sends only while connected', async () => {
  const made = makeLink();
  expect(made.send('{}')).toBe(false);
  made.start();
  expect(made.send('{}')).toBe(false);
  await until('connected');
  expect(made.send('{"type":"batch"}')).toBe(true);
});

it('comes back after the hub was away, counting the tries', async () => {
  makeLink().start();
  await until('connected');
  const { port } = hub;
  await hub.stop();
  await vi.waitFor(() => expect(states.some((state) => state.kind === 'waiting' && state.attempt >= 3)).toBe(true));
  hub = await TestHub.start((_message, socket) => send(socket, WELCOME), { port });
  await until('connected');
  expect(lost).toHaveLength(1);
});

it('gives up a socket without a welcome after the connect timeout', async () => {
  hub.answer = () => undefined;
  makeLink({ connectTimeoutMs: 30 }).start();
  await vi.waitFor(() => expect(hub.connections).toBeGreaterThanOrEqual(2));
  expect(kinds().slice(0, 3)).toEqual(['connecting', 'waiting', 'connecting']);
});

it.each([
  [1008, 'unauthorized'],
  [4001, 'replaced'],
  [4003, 'kicked'],
] as const)('stays away after %i until a person asks', async (code, reason) => {
  const made = makeLink();
  made.start();
  await until('connected');
  hub.sockets[0]?.close(code);
  await until('closed');
  expect(made.state).toMatchObject({ kind: 'closed', reason });
  made.refresh();
  expect(made.state.kind).toBe('closed');
  expect(hub.connections).toBe(1);
  made.start();
  await until('connected');
  expect(hub.connections).toBe(2);
});

it('a phone that was removed comes back by itself when that time is over; a try before does not make it longer', async () => {
  const made = makeLink({ keptOutMs: 250 });
  made.start();
  await until('connected');
  hub.answer = (_message, socket) => socket.close(4003);
  hub.sockets[0]?.close(4003);
  await until('closed');
  const first = made.state;
  expect(first).toMatchObject({ kind: 'closed', reason: 'kicked', retryAtMs: expect.any(Number) as number });
  made.start();
  await until('closed');
  expect(made.state).toEqual(first);
  hub.answer = (_message, socket) => send(socket, WELCOME);
  await until('connected');
  expect(hub.connections).toBe(3);
});

it.each([4001, 1008])('after %i only a person comes back', async (code) => {
  const made = makeLink({ keptOutMs: 1 });
  made.start();
  await until('connected');
  hub.sockets[0]?.close(code);
  await until('closed');
  expect(made.state).toMatchObject({ retryAtMs: null });
});

it('a page that slept through the end of that time comes back when it is seen', async () => {
  const made = makeLink();
  made.start();
  await until('connected');
  hub.sockets[0]?.close(4003);
  await until('closed');
  made.refresh();
  expect(made.state.kind).toBe('closed');
  const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 700_000);
  made.refresh();
  clock.mockRestore();
  await until('connected');
});

it('tries another key once when the first is refused before a welcome', async () => {
  otherKeys = 1;
  hub.answer = (_message, socket) => socket.close(1008);
  makeLink().start();
  await until('closed');
  expect(hub.connections).toBe(2);
});

it('does not try another key when the operator takes this one away after the welcome', async () => {
  otherKeys = 1;
  makeLink().start();
  await until('connected');
  hub.sockets[0]?.close(1008);
  await until('closed');
  expect(hub.connections).toBe(1);
});

it('reconnects after server_shutdown', async () => {
  makeLink().start();
  await until('connected');
  const [socket] = hub.sockets;
  if (socket) send(socket, { type: 'server_shutdown' });
  await vi.waitFor(() => expect(hub.connections).toBe(2));
  await until('connected');
});

it('takes a fresh socket on refresh and hears nothing of the old one', async () => {
  const made = makeLink();
  made.start();
  await until('connected');
  const [old] = hub.sockets;
  const later = Date.now() + 2_000;
  const clock = vi.spyOn(Date, 'now').mockReturnValue(later);
  made.refresh();
  // Said on the old socket, before its close arrives there.
  if (old) send(old, { type: 'error', code: 'invalid_message', message: 'old' });
  clock.mockRestore();
  await until('connected');
  await vi.waitFor(() => expect(old?.readyState).toBe(3));
  expect(made.state.kind).toBe('connected');
  expect(hub.connections).toBe(2);
  expect(received).toEqual([]);
  expect(lost).toEqual([null]);
});

it('refreshes once for two page events together', async () => {
  const made = makeLink();
  made.start();
  made.refresh();
  await until('connected');
  made.refresh();
  expect(kinds()).toEqual(['connecting', 'connected']);
});

it('ignores what it does not understand', async () => {
  makeLink().start();
  await until('connected');
  const [socket] = hub.sockets;
  socket?.send('not json');
  socket?.send(Buffer.from([1, 2, 3]));
  if (socket) send(socket, { type: 'a-kind-of-tomorrow' });
  if (socket) send(socket, { type: 'error', code: 'rate_limited', message: 'slow down' });
  await vi.waitFor(() => expect(received).toEqual([{ type: 'error', code: 'rate_limited', message: 'slow down' }]));
});
