import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SignalingHub, startSignalingHub } from './signaling-hub';

const OFFER = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n';
const ANSWER = OFFER.replace('o=- 1', 'o=- 2');

let running: SignalingHub;
let phone: { readonly key: string; readonly deviceId: string };
beforeAll(async () => {
  running = await startSignalingHub();
  phone = await running.deviceKey('whip-phone');
});
afterAll(() => running.stop());

function ask(method: string, path: string, init: { key?: string; type?: string | null; body?: string } = {}) {
  const { key = phone.key, type = 'application/sdp', body } = init;
  const headers: Record<string, string> = {
    authorization: `Bearer ${key}`,
    ...(type === null ? {} : { 'content-type': type }),
  };
  return fetch(`${running.hub.ready.http}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
}

const post = (key = phone.key) => ask('POST', '/whip', { key, body: OFFER });

/** A scripted operator. */
async function operator() {
  const desk = await running.open(running.hub.ready.viewerKey);
  desk.send({ type: 'hello', role: 'viewer' });
  await desk.next();
  return desk;
}

test('no control room: 503, and when to try again', async () => {
  // Somebody with an operator's key who does not watch is no control room.
  await using idle = await running.open(running.hub.ready.viewerKey);
  const refused = await post();
  expect(await idle.rest()).toEqual([]);
  expect(refused.status).toBe(503);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('offer, answer, Location, DELETE: to the operator it is a peer that comes and goes', async () => {
  await using desk = await operator();
  await using carrier = await running.open();
  const answered = post();
  const joined = await desk.client.next();
  expect(joined.type).toBe('peer-joined');
  // The carrier came first: a plain client.
  const whip = joined.role === null ? await desk.next() : joined;
  expect(whip).toMatchObject({
    role: 'sharer',
    kind: 'screen',
    source: 'whip',
    operator: false,
    deviceId: phone.deviceId,
  });
  const offer = await desk.next();
  expect(offer).toEqual({
    type: 'offer',
    from: whip.peerId,
    offer: { type: 'offer', sdp: OFFER },
    source: 'whip',
    name: whip.name,
  });
  // Nobody else answers for the control room, and what is no answer is none.
  carrier.send({ type: 'answer', to: whip.peerId, answer: { type: 'answer', sdp: `${ANSWER}a=forged\r\n` } });
  expect(await carrier.rest()).toEqual([]);
  desk.send({ type: 'answer', to: whip.peerId, answer: { type: 'answer', sdp: 'hello' } });
  desk.send({ type: 'answer', to: whip.peerId, answer: { type: 'answer', sdp: ANSWER } });
  const created = await answered;
  expect(created.status).toBe(201);
  expect(created.headers.get('content-type')).toMatch(/^application\/sdp/);
  expect(await created.text()).toBe(ANSWER);
  const location = created.headers.get('location') ?? '';
  expect(location).toMatch(/^\/whip\/[0-9a-f]{32}$/);
  expect(location).not.toContain(String(whip.peerId));
  const other = await running.deviceKey('whip-other');
  expect((await ask('DELETE', location, { key: other.key, type: null })).status).toBe(403);
  expect((await ask('DELETE', location, { type: null })).status).toBe(200);
  expect(await desk.next()).toEqual({ type: 'peer-left', peerId: whip.peerId });
  expect((await ask('DELETE', location, { type: null })).status).toBe(404);
});

/** Posts and answers. @returns the peer and where its session is */
async function send(desk: Awaited<ReturnType<typeof operator>>, key = phone.key) {
  const answered = post(key);
  let message = await desk.next();
  while (message.type !== 'offer') message = await desk.next();
  desk.send({ type: 'answer', to: message.from, answer: ANSWER });
  return { peerId: message.from, location: (await answered).headers.get('location') ?? '' };
}

test('the sender leaves too when the operator leaves, or says bye', async () => {
  await using desk = await operator();
  const first = await send(desk);
  desk.send({ type: 'bye', to: first.peerId });
  expect(await desk.next()).toEqual({ type: 'peer-left', peerId: first.peerId });
  await using leaving = await operator();
  await desk.next();
  // The one that was there first is handed the offers.
  const second = await send(desk, running.hub.ready.adminKey);
  await leaving.client.until(() => leaving.client.received.some(({ peerId }) => peerId === second.peerId));
  await desk.client.close();
  await leaving.client.until(() => leaving.client.received.filter(({ type }) => type === 'peer-left').length === 2);
  const left = leaving.client.received.filter(({ type }) => type === 'peer-left').map(({ peerId }) => peerId);
  expect(left.sort()).toEqual([desk.peerId, second.peerId].sort());
  expect((await ask('DELETE', second.location, { key: running.hub.ready.adminKey, type: null })).status).toBe(404);
});

test('a phone that comes again takes the place of its own session', async () => {
  await using desk = await operator();
  const first = await send(desk);
  const again = send(desk);
  await desk.client.until(() =>
    desk.client.received.some(({ type, peerId }) => type === 'peer-left' && peerId === first.peerId),
  );
  const second = await again;
  expect(second.location).not.toBe(first.location);
  expect((await ask('DELETE', second.location, { type: null })).status).toBe(200);
});

test('the operator leaves before it answers: 503 at once', async () => {
  const desk = await operator();
  const refused = post();
  await desk.client.until(() => desk.client.received.some(({ type }) => type === 'offer'));
  await desk.client.close();
  expect((await refused).status).toBe(503);
});

test('a sender that hangs up before its answer is gone', async () => {
  await using desk = await operator();
  const hangUp = new AbortController();
  const request = fetch(`${running.hub.ready.http}/whip`, {
    method: 'POST',
    headers: { authorization: `Bearer ${phone.key}`, 'content-type': 'application/sdp' },
    body: OFFER,
    signal: hangUp.signal,
  });
  await desk.client.until(() => desk.client.received.some(({ type }) => type === 'offer'));
  hangUp.abort();
  await expect(request).rejects.toThrow(/abort/);
  await desk.client.until(() => desk.client.received.some(({ type }) => type === 'peer-left'));
});

type Bad = readonly [name: string, ask: () => Promise<Response>, status: number];
const BAD: readonly Bad[] = [
  ['no key', () => fetch(`${running.hub.ready.http}/whip`, { method: 'POST', body: OFFER }), 401],
  ['a wrong key', () => post('device-wrong'), 401],
  ['the join key', () => post(running.hub.ready.joinKey), 403],
  ['a viewer key', () => post(running.hub.ready.viewerKey), 403],
  ['another type', () => ask('POST', '/whip', { type: 'application/json', body: '{}' }), 415],
  ['no type', () => ask('POST', '/whip', { type: 'text/plain', body: OFFER }), 415],
  ['an empty body', () => ask('POST', '/whip', { body: '' }), 400],
  ['no SDP', () => ask('POST', '/whip', { body: 'v=1' }), 400],
  ['no media', () => ask('POST', '/whip', { body: 'v=0\r\ns=-\r\n' }), 400],
  ['an SDP bomb', () => ask('POST', '/whip', { body: OFFER + 'a=x\r\n'.repeat(60_000) }), 413],
  ['GET on the endpoint', () => ask('GET', '/whip', { type: null }), 405],
  ['PUT on the endpoint', () => ask('PUT', '/whip', { body: OFFER }), 405],
  ['trickled candidates', () => ask('PATCH', '/whip/x', { type: 'application/trickle-ice-sdpfrag', body: 'a=x' }), 405],
  ['POST on a session', () => ask('POST', '/whip/x', { body: OFFER }), 405],
  ['DELETE of nothing', () => ask('DELETE', '/whip/00000000000000000000000000000000', { type: null }), 404],
  ['DELETE with the join key', () => ask('DELETE', '/whip/x', { type: null, key: running.hub.ready.joinKey }), 403],
];

test.each(BAD)('%s: %#', async (_name, request, status) => {
  await using desk = await operator();
  const answer = await request();
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ error: { code: expect.any(String) as string } });
  expect(await desk.rest()).toEqual([]);
});

test('405 says what is allowed; OPTIONS needs no key and says what may be posted; no ice-server links', async () => {
  expect((await ask('GET', '/whip', { type: null })).headers.get('allow')).toBe('POST, OPTIONS');
  expect((await ask('PATCH', '/whip/x', { body: 'x' })).headers.get('allow')).toBe('DELETE, OPTIONS');
  const preflight = await fetch(`${running.hub.ready.http}/whip`, {
    method: 'OPTIONS',
    headers: { origin: 'https://sender.example', 'access-control-request-method': 'POST' },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('accept-post')).toBe('application/sdp');
  expect(preflight.headers.get('access-control-allow-origin')).toBe('https://sender.example');
  expect(preflight.headers.get('link')).toBeNull();
});

test.each([
  ['sound alone', OFFER.replace('m=video', 'm=audio'), /video/],
  ['nine media sections', OFFER + 'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n'.repeat(8), /8 media sections/],
])('%s: 400 with a sentence, and the control room hears nothing', async (_name, body, sentence) => {
  await using desk = await operator();
  const refused = await ask('POST', '/whip', { body });
  expect(refused.status).toBe(400);
  expect(((await refused.json()) as { error: { message: string } }).error.message).toMatch(sentence);
  expect(await desk.rest()).toEqual([]);
});
