import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

let dataDir: string;
let hub: HubProcess;
beforeAll(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir);
});
afterAll(async () => {
  expect(await hub.stop()).toBe(0);
  removeFolder(dataDir);
});

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function post(path: string, message: unknown, key = hub.ready.joinKey): Promise<Answer> {
  const answer = await fetch(`${hub.ready.http}/api/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: typeof message === 'string' ? message : JSON.stringify(message),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
}

const framesStored = async (): Promise<number> =>
  ((await (await fetch(`${hub.ready.http}/health`)).json()) as { framesStored: number }).framesStored;

const numbered = (...seqs: readonly number[]) => ({ boot: 'b', frames: seqs.map((seq) => ({ seq, data: {} })) });

test('frames: the batch ack after the commit; a repeat is stored once; one bad frame refuses no neighbour', async () => {
  const before = await framesStored();
  const first = await post('frames?deviceId=h1&username=ann', numbered(1, 2));
  expect(first).toMatchObject({
    status: 200,
    body: { type: 'ack', clientId: 'h1', upTo: 2, stored: 2, duplicates: 0 },
  });
  const again = await post('frames?deviceId=h1', {
    boot: 'b',
    frames: [
      { seq: 2, data: {} },
      { seq: 3, data: { battery: 'x' } },
      { seq: 4, data: {} },
    ],
  });
  expect(again.body).toMatchObject({ upTo: 4, stored: 1, duplicates: 1, refused: [{ seq: 3, code: 'invalid_frame' }] });
  expect(await framesStored()).toBe(before + 3);
});

test('messages: a handshake with a device key to follow, data, ping, status', async () => {
  const hello = await post('messages', { type: 'handshake', deviceId: 'h2', username: 'bob', pair: true });
  expect(hello).toMatchObject({ status: 200, body: { type: 'welcome', clientId: 'h2', state: 'active' } });
  const key = String(hello.body.deviceKey);
  const data = await post('messages', { type: 'data', data: { id: 'x' }, boot: 'd', seq: 1 }, key);
  expect(data).toMatchObject({ status: 200, body: { type: 'ack', received: 'x', boot: 'd', seq: 1 } });
  expect(await post('messages', { type: 'ping', t0: Date.now() }, key)).toMatchObject({ body: { type: 'pong' } });
  expect((await post('messages', { type: 'status', battery: 0.5 }, key)).status).toBe(204);
  const { items } = (await (await fetch(`${hub.ready.http}/api/v1/devices?key=${hub.ready.viewerKey}`)).json()) as {
    items: readonly Record<string, unknown>[];
  };
  expect(items.find(({ id }) => id === hello.body.deviceId)).toMatchObject({ name: 'bob', online: true, frames: 1 });
});

test('a request beside an open socket is no presence of its own: with the socket the phone is gone', async () => {
  const socket = await WireClient.open(
    `${hub.ready.http.replace('http', 'ws')}/pocket-parrot?key=${hub.ready.joinKey}`,
  );
  const hello = await socket.ask({ type: 'handshake', deviceId: 'beside', username: 'dan', pair: true });
  const key = String(hello.deviceKey);
  expect(await post('frames?deviceId=beside', numbered(1), key)).toMatchObject({ status: 200, body: { stored: 1 } });
  const isOnline = async (): Promise<unknown> => {
    const answer = await fetch(`${hub.ready.http}/api/v1/devices?key=${hub.ready.viewerKey}`);
    const { items } = (await answer.json()) as { items: readonly Record<string, unknown>[] };
    return items.find(({ id }) => id === hello.deviceId)?.online;
  };
  expect(await isOnline()).toBe(true);
  await socket.close();
  await expect.poll(isOnline).toBe(false);
});

test.each([
  ['no device', 'frames', numbered(1), 400, 'invalid_message'],
  ['no JSON', 'frames?deviceId=h3', '{', 400, 'invalid_json'],
  ['no frames', 'frames?deviceId=h3', '{}', 400, 'invalid_message'],
  ['an unknown type', 'messages?deviceId=h3', { type: 'dance' }, 400, 'unknown_type'],
  ['a bad frame', 'messages?deviceId=h3', { type: 'data', data: 5 }, 400, 'invalid_frame'],
])('refused: %s', async (_name, path, message, status, code) => {
  expect(await post(path, message)).toMatchObject({ status, body: { error: { code } } });
});

test('no key, a wrong key, a key that may not', async () => {
  const url = `${hub.ready.http}/api/v1/frames?deviceId=h4`;
  expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
  expect((await post('frames?deviceId=h4', numbered(1), 'wrong')).status).toBe(401);
  expect((await post('frames?deviceId=h4', numbered(1), hub.ready.viewerKey)).status).toBe(403);
});

test('over the rate: 429 with the time to wait, nothing stored', async () => {
  const many = numbered(...Array.from({ length: 200 }, (_, index) => index + 1));
  const answers = [
    await post('frames?deviceId=h5', many),
    await post('frames?deviceId=h5', many),
    await post('frames?deviceId=h5', many),
  ];
  expect(answers[0]?.status).toBe(200);
  expect(answers.map(({ status }) => status)).toContain(429);
});

test('events: what the operator sends comes as server-sent events', async () => {
  await post('frames?deviceId=h6&username=eve', numbered(1));
  const answer = await fetch(`${hub.ready.http}/api/v1/events?deviceId=h6`, {
    headers: { authorization: `Bearer ${hub.ready.joinKey}`, origin: 'http://example.org' },
  });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  expect(answer.headers.get('access-control-allow-origin')).toBe('http://example.org');
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const readUntil = async (end: string): Promise<string> => {
    while (!text.includes(end)) text += String((await reader?.read())?.value);
    return text;
  };
  expect(await readUntil('"config"')).toMatch(/^: connected\n\ndata: \{"type":"config","intervalMs":1000,/);
  const room = await WireClient.open(`${hub.ready.http.replace('http', 'ws')}/console?key=${hub.ready.adminKey}`);
  await room.next();
  room.send({ kind: 'request', id: 1, name: 'message.send', params: { deviceId: null, text: 'Hello' } });
  expect(await readUntil('Hello')).toMatch(/\ndata: \{"type":"message","id":"[^"]+","text":"Hello"\}\n\n$/);
  await room.close();
});

test('a phone that the operator removed is refused here too, and its stream ends', async () => {
  const { body } = await post('messages', { type: 'handshake', deviceId: 'h7', username: 'gus' });
  await post('frames?deviceId=h7', numbered(1));
  const stream = await fetch(`${hub.ready.http}/api/v1/events?deviceId=h7`, {
    headers: { authorization: `Bearer ${hub.ready.joinKey}` },
  });
  const room = await WireClient.open(`${hub.ready.http.replace('http', 'ws')}/console?key=${hub.ready.adminKey}`);
  await room.next();
  const params = { deviceId: body.deviceId, reason: 'Wrong team' };
  expect(await room.ask({ kind: 'request', id: 1, name: 'device.kick', params })).toMatchObject({ kind: 'result' });
  expect(await stream.text()).toContain('data: {"type":"kicked","reason":"Wrong team"}');
  expect(await post('frames?deviceId=h7', numbered(2))).toMatchObject({
    status: 403,
    body: { error: { code: 'forbidden' } },
  });
  await room.close();
});

test('events: goodbye when the hub stops', async () => {
  const folder = temporaryFolder();
  const other = await startHubProcess(folder);
  const stream = await fetch(`${other.ready.http}/api/v1/events?deviceId=h8`, {
    headers: { authorization: `Bearer ${other.ready.joinKey}` },
  });
  const said = stream.text();
  expect(await other.stop()).toBe(0);
  expect(await said).toMatch(/\ndata: \{"type":"server_shutdown"\}\n\n$/);
  removeFolder(folder);
});
