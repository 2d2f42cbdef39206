import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

let dataDir: string;
let hub: HubProcess;
let url: string;
beforeAll(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir);
  url = `${hub.ready.http.replace('http', 'ws')}/pocket-parrot`;
});
afterAll(async () => {
  expect(await hub.stop()).toBe(0);
  removeFolder(dataDir);
});

const framesStored = async (): Promise<number> =>
  ((await (await fetch(`${hub.ready.http}/health`)).json()) as { framesStored: number }).framesStored;

const frame = (data: unknown, more: object = {}) => JSON.stringify({ type: 'data', ...more, data });

// One bad message each: the answer, exactly, and nothing stored; the connection lives.
const REFUSED: ReadonlyArray<readonly [name: string, sent: string | Buffer, answer: object]> = [
  ['not JSON', '{', { code: 'invalid_json', message: 'the message is not JSON' }],
  ['binary noise', Buffer.from([0xff, 0x00, 0x01]), { code: 'invalid_json' }],
  [
    'JSON, but no object',
    '[1]',
    { code: 'invalid_message', message: 'the message must be a JSON object, got an array' },
  ],
  ['no type', '{}', { code: 'invalid_message' }],
  ['a type that is no text', '{"type":7}', { code: 'invalid_message' }],
  ['an unknown type', '{"type":"dance"}', { code: 'unknown_type' }],
  ['no data', '{"type":"data"}', { code: 'invalid_frame', received: null }],
  [
    'latitude 91',
    frame({ id: 'f1', gps: { latitude: 91, longitude: 0 } }, { boot: 'b', seq: 4 }),
    {
      code: 'invalid_frame',
      message: 'data.gps.latitude must be between -90 and 90, got 91',
      received: 'f1',
      boot: 'b',
      seq: 4,
    },
  ],
  ['a longitude missing', frame({ gps: { latitude: 1 } }), { code: 'invalid_frame' }],
  [
    'a text for a number',
    frame({ battery: '80%' }),
    { code: 'invalid_frame', message: 'data.battery must be a number, got "80%"' },
  ],
  ['a time that is none', frame({ timestamp: 'yesterday' }), { code: 'invalid_frame' }],
  ['a photo that is none', frame({ photoBase64: '%%%' }), { code: 'invalid_frame' }],
  ['nesting without end', frame(JSON.parse(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`)), { code: 'invalid_frame' }],
  ['unknown fields without end', frame({ note: 'x'.repeat(70_000) }), { code: 'too_large' }],
  ['a batch without boot', '{"type":"batch","frames":[{"seq":1,"data":{}}]}', { code: 'invalid_message' }],
  ['an empty batch', '{"type":"batch","boot":"b","frames":[]}', { code: 'invalid_message' }],
  [
    'a batch too long',
    JSON.stringify({
      type: 'batch',
      boot: 'b',
      frames: Array.from({ length: 201 }, (_, at) => ({ seq: at + 1, data: {} })),
    }),
    { code: 'invalid_message' },
  ],
  ['a seq of 0', frame({}, { boot: 'b', seq: 0 }), { code: 'invalid_message' }],
];

test.each(REFUSED)('%s: one error, nothing stored, the connection lives', async (_name, sent, answer) => {
  const before = await framesStored();
  const client = await WireClient.open(`${url}?key=${hub.ready.joinKey}`);
  client.socket.send(sent);
  expect(await client.next()).toMatchObject({ type: 'error', ...answer });
  expect(await framesStored()).toBe(before);
  expect(await client.ask(frame({ text: 'still here' }))).toMatchObject({ type: 'ack' });
  expect(client.received).toHaveLength(2);
  await client.close();
});

test('a second handshake is refused, the first goes on', async () => {
  const client = await WireClient.open(`${url}?key=${hub.ready.joinKey}`);
  expect(await client.ask({ type: 'handshake', username: 'ann' })).toMatchObject({
    type: 'welcome',
    clientId: 'user_ann',
  });
  expect(await client.ask({ type: 'handshake', username: 'bob' })).toMatchObject({
    type: 'error',
    code: 'invalid_message',
  });
  expect(await client.ask(frame({}))).toMatchObject({ type: 'ack', clientId: 'user_ann' });
  await client.close();
});

test('a 9 MiB message: 1009', async () => {
  const client = await WireClient.open(`${url}?key=${hub.ready.joinKey}`);
  client.send(frame({ text: 'x'.repeat(9 * 1024 * 1024) }));
  expect(await client.closed).toMatchObject({ code: 1009 });
});

test('answers keep the order of the messages, bad ones among them', async () => {
  const client = await WireClient.open(`${url}?key=${hub.ready.joinKey}`);
  for (let seq = 1; seq <= 50; seq++) {
    if (seq % 5 === 0) client.send('{');
    else client.send(frame({ id: seq }));
  }
  await client.until(() => client.received.length === 50);
  expect(client.received.map(({ received, code }) => received ?? code)).toEqual(
    Array.from({ length: 50 }, (_, at) => ((at + 1) % 5 === 0 ? 'invalid_json' : at + 1)),
  );
  await client.close();
});

// No entry: the status of the refused upgrade.
const NO_ENTRY: ReadonlyArray<readonly [string, () => Promise<unknown>, RegExp]> = [
  ['a wrong key in the query', () => WireClient.open(`${url}?key=join-wrong`), /401/],
  ['a wrong key in the path', () => WireClient.open(`${url}/join-wrong`), /401/],
  ['a wrong key in the header', () => WireClient.open(url, { headers: { authorization: 'Bearer x' } }), /401/],
  ['a viewer key where frames come in', () => WireClient.open(`${url}?key=${hub.ready.viewerKey}`), /403/],
  [
    'a foreign Host',
    () => WireClient.open(`${url}?key=${hub.ready.joinKey}`, { headers: { host: 'evil.example' } }),
    /403/,
  ],
];

test.each(NO_ENTRY)('%s', async (_name, open, status) => {
  await expect(open()).rejects.toThrow(status);
});

test('no key: a first message without one is answered by 1008 Unauthorized and nothing else', async () => {
  const client = await WireClient.open(url);
  client.send(frame({}));
  expect(await client.closed).toEqual({ code: 1008, reason: 'Unauthorized' });
  expect(client.received).toEqual([]);
});

test('no key, but one in the handshake: welcome', async () => {
  const client = await WireClient.open(url);
  const answer = await client.ask({ type: 'handshake', token: hub.ready.joinKey });
  expect(answer).toMatchObject({
    type: 'welcome',
    message: 'Connected to multi-user server',
    state: 'active',
    protocol: 1,
  });
  await client.close();
});

test('a foreign Host on HTTP: 403, even for keyless paths', async () => {
  const { port } = new URL(hub.ready.http);
  const status = await new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/health', headers: { host: 'evil.example' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(status).toBe(403);
});
