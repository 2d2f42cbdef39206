import { mkdirSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHubClient, type HubClient } from '../../../src/common/contract/client';
import { newKey } from '../../../src/main/hub/ids';
import { openWebSocketTransport } from '../../../src/renderer/control-room/connect/web-socket-transport';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

/** Keys there were, are, or never were. */
const keys = {
  join: newKey('join'),
  viewer: newKey('viewer'),
  admin: newKey('admin'),
  personal: newKey('personal'),
  expired: newKey('viewer'),
  revoked: newKey('viewer'),
  rotated: newKey('join'),
  wrong: newKey('join'),
};

interface Asked {
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

interface Answer {
  readonly status: number;
  readonly code: string | null;
  readonly allowsOrigin: boolean;
}

let dataDir: string;
let hub: HubProcess;
let operator: HubClient;
let addresses = 0;

/** Each row comes from an address of its own, so that none is slowed down for another's wrong keys. */
const from = (address = `10.77.0.${++addresses}`): Record<string, string> => ({ 'x-forwarded-for': address });
const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
const JSON_BODY = { 'content-type': 'application/json' };
const FRAME = JSON.stringify({ type: 'handshake', deviceId: 'intruder' });

beforeAll(async () => {
  dataDir = temporaryFolder();
  mkdirSync(dataDir, { recursive: true });
  const made = { createdAtMs: 1, name: 'Tablet' };
  const file = {
    version: 2,
    joinKey: keys.rotated,
    viewerKey: keys.viewer,
    adminKey: keys.admin,
    personal: [{ key: keys.personal, deviceId: 'd_personal', name: 'Ann', createdAtMs: 1 }],
    viewers: [
      { ...made, key: keys.expired, expiresAtMs: 2 },
      { ...made, key: keys.revoked, expiresAtMs: null },
    ],
    lastUsedAtMs: {},
    wifi: null,
  };
  writeFileSync(join(dataDir, 'keys.json'), JSON.stringify(file), { mode: 0o600 });
  hub = await startHubProcess(dataDir, ['--port', '0', '--tls-port', '0', '--trust-proxy', '127.0.0.1']);
  const transport = await openWebSocketTransport(`${hub.ready.http.replace('http', 'ws')}/console`, keys.admin);
  operator = createHubClient(transport);
  keys.join = (await operator.request('key.rotate', { kind: 'join' })).key;
  const listed = await operator.request('key.list', {});
  const live = listed.keys.find(
    ({ kind, name, expiresAtMs }) => kind === 'viewer' && name !== null && expiresAtMs === null,
  );
  await operator.request('key.revoke', { keyId: live?.keyId ?? '' });
});
afterAll(async () => {
  await hub.stop();
  removeFolder(dataDir);
});

const LISTENERS = ['plain', 'TLS'] as const;
const baseOf = (listener: (typeof LISTENERS)[number]): string =>
  listener === 'plain' ? hub.ready.http : (hub.ready.https ?? '');

/** Sends a path as it is, which `fetch` would tidy up first. */
function ask(base: string, { path, method = 'GET', headers = {}, body = '' }: Asked): Promise<Answer> {
  const { protocol, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method, headers, agent: false, rejectUnauthorized: false };
    const onAnswer = (response: IncomingMessage): void => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          code: /"code":"([a-z_]+)"/.exec(text)?.[1] ?? null,
          allowsOrigin: response.headers['access-control-allow-origin'] !== undefined,
        }),
      );
    };
    const request = protocol === 'https:' ? httpsRequest(options, onAnswer) : httpRequest(options, onAnswer);
    request.on('error', reject);
    request.end(body);
  });
}

const read =
  (headers: Record<string, string>, path = '/api/v1/devices'): (() => Asked) =>
  () => ({ path, headers });
const send =
  (key: () => string): (() => Asked) =>
  () => ({
    path: '/api/v1/messages',
    method: 'POST',
    headers: { ...JSON_BODY, ...bearer(key()) },
    body: FRAME,
  });
const type =
  (body: string, headers: Record<string, string> = {}): (() => Asked) =>
  () => ({
    path: '/join',
    method: 'POST',
    headers: { ...JSON_BODY, ...headers },
    body,
  });
/** A body of so many bytes, said and not sent: the answer must not wait for it. */
const announce = (bytes: number) => (): Asked => {
  const { headers, ...rest } = send(() => keys.join)();
  return { ...rest, headers: { ...headers, 'content-length': String(bytes) }, body: '' };
};
const EVIL = { origin: 'https://evil.example' };

const REQUESTS: ReadonlyArray<readonly [name: string, asked: () => Asked, status: number, code: string]> = [
  ['read: no key', read({}), 401, 'unauthorized'],
  ['read: wrong key', () => read(bearer(keys.wrong))(), 401, 'unauthorized'],
  ['read: wrong key in the query', () => read({}, `/api/v1/devices?key=${keys.wrong}`)(), 401, 'unauthorized'],
  ['read: empty Bearer', read({ authorization: 'Bearer ' }), 401, 'unauthorized'],
  ['read: revoked viewer key', () => read(bearer(keys.revoked))(), 401, 'unauthorized'],
  ['read: expired viewer key', () => read(bearer(keys.expired))(), 401, 'unauthorized'],
  ['read: rotated join key', () => read(bearer(keys.rotated))(), 401, 'unauthorized'],
  ['read: join key', () => read(bearer(keys.join))(), 403, 'forbidden'],
  ['read: personal key', () => read(bearer(keys.personal))(), 403, 'forbidden'],
  [
    'export: personal key',
    () => read(bearer(keys.personal), '/api/v1/sessions/all/export?format=csv')(),
    403,
    'forbidden',
  ],
  ['media: no key', read({}, `/api/v1/media/${'0'.repeat(64)}`), 401, 'unauthorized'],
  ['send: no key', () => ({ ...send(() => '')(), headers: JSON_BODY }), 401, 'unauthorized'],
  ['send: wrong key', send(() => keys.wrong), 401, 'unauthorized'],
  ['send: replayed with a rotated join key', send(() => keys.rotated), 401, 'unauthorized'],
  ['send: revoked viewer key', send(() => keys.revoked), 401, 'unauthorized'],
  ['send: viewer key', send(() => keys.viewer), 403, 'forbidden'],
  [
    'native app: wrong key in the path',
    () => ({ path: `/owntracks/${keys.wrong}`, method: 'POST', body: '{}' }),
    401,
    'unauthorized',
  ],
  ['native app: viewer key', () => ({ path: `/osmand?id=1&lat=1&lon=2&key=${keys.viewer}` }), 403, 'forbidden'],
  ['foreign Host', () => read({ ...bearer(keys.viewer), host: 'evil.example' })(), 403, 'foreign_host'],
  ['foreign Host on a keyless path', read({ host: 'evil.example' }, '/join'), 403, 'foreign_host'],
  ['foreign page, no key', read(EVIL), 401, 'unauthorized'],
  ['foreign page, a code', type('{"code":"AAAAAAAA"}', EVIL), 403, 'foreign_origin'],
  ['foreign page that hides its name, a code', type('{"code":"AAAAAAAA"}', { origin: 'null' }), 403, 'foreign_origin'],
  ['a code while there is none', type('{"code":"AAAAAAAA"}'), 401, 'wrong_code'],
  ['a code that is a number', type('{"code":12345678}'), 400, 'invalid_params'],
  ['a code that is no JSON', type('{'), 400, 'invalid_request'],
  ['a code of 2 KiB', type(JSON.stringify({ code: 'A'.repeat(2048) })), 413, 'too_large'],
  ['oversize: 8 MiB and more', announce(8 * 1024 * 1024 + 1), 413, 'too_large'],
  ['path: dots out of an endpoint', read({}, '/pocket-parrot/../api/v1/devices'), 426, 'upgrade_required'],
  ['path: dots out of the assets', read({}, '/assets/../api/v1/devices'), 403, 'invalid_request'],
  ['path: encoded slashes out of the assets', read({}, '/assets/..%2f..%2fkeys.json'), 403, 'invalid_request'],
  ['path: encoded dots', read({}, '/assets/%2e%2e/%2e%2e/keys.json'), 403, 'invalid_request'],
  ['path: encoded twice', read({}, '/assets/%252e%252e%252fkeys.json'), 404, 'not_found'],
  ['path: a null byte', read({}, '/assets/%00'), 400, 'invalid_request'],
  ['path: two slashes', read({}, '//api/v1/devices'), 404, 'not_found'],
  ['path: two slashes before a name', read({}, '//evil.example/join'), 404, 'not_found'],
  ['path: capital letters', read({}, '/API/v1/devices'), 404, 'not_found'],
  ['path: a slash at the end', read({}, '/api/v1/devices/'), 404, 'not_found'],
  ['path: the data folder', read({}, '/keys.json'), 404, 'not_found'],
];

describe.each(LISTENERS)('no entry by request, %s', (listener) => {
  test.each(REQUESTS)('%s', async (_name, asked, status, code) => {
    const { headers = {}, ...rest } = asked();
    const answer = await ask(baseOf(listener), { ...rest, headers: { ...from(), ...headers } });
    expect([answer.status, answer.code]).toEqual([status, code]);
    // Whoever has no key is told nothing that a foreign page could read.
    if (headers.origin === EVIL.origin) expect(answer.allowsOrigin).toBe(false);
  });
});

interface Knock {
  readonly path: string;
  readonly headers?: Record<string, string>;
  /** Sent once it is open. */
  readonly first?: string;
}

const token = (key: string): string => JSON.stringify({ type: 'handshake', token: key, deviceId: 'intruder' });

const SOCKETS: ReadonlyArray<readonly [name: string, knock: () => Knock, outcome: string]> = [
  ['wrong key in the query', () => ({ path: `/pocket-parrot?key=${keys.wrong}` }), 'HTTP 401'],
  ['wrong key in the path', () => ({ path: `/pocket-parrot/${keys.wrong}` }), 'HTTP 401'],
  ['wrong key as Bearer', () => ({ path: '/pocket-parrot', headers: bearer(keys.wrong) }), 'HTTP 401'],
  ['wrong key in the handshake', () => ({ path: '/pocket-parrot', first: token(keys.wrong) }), '1008 Unauthorized'],
  ['no key, then data', () => ({ path: '/pocket-parrot', first: '{"type":"data","data":{}}' }), '1008 Unauthorized'],
  ['no key, then nonsense', () => ({ path: '/pocket-parrot', first: 'x' }), '1008 Unauthorized'],
  [
    'no key, then 17 KiB',
    () => ({ path: '/pocket-parrot', first: 'x'.repeat(17 * 1024) }),
    '1009 First message over 16 KiB',
  ],
  ['rotated join key', () => ({ path: `/pocket-parrot?key=${keys.rotated}` }), 'HTTP 401'],
  [
    'rotated join key in the handshake',
    () => ({ path: '/pocket-parrot', first: token(keys.rotated) }),
    '1008 Unauthorized',
  ],
  ['viewer key sends', () => ({ path: `/pocket-parrot?key=${keys.viewer}` }), 'HTTP 403'],
  [
    'viewer key sends, in the handshake',
    () => ({ path: '/pocket-parrot', first: token(keys.viewer) }),
    '1008 Unauthorized',
  ],
  ['expired viewer key watches', () => ({ path: `/dashboard?key=${keys.expired}` }), 'HTTP 401'],
  ['revoked viewer key watches', () => ({ path: `/dashboard?key=${keys.revoked}` }), 'HTTP 401'],
  ['join key watches', () => ({ path: `/dashboard?key=${keys.join}` }), 'HTTP 403'],
  ['personal key watches', () => ({ path: `/dashboard?key=${keys.personal}` }), 'HTTP 403'],
  ['no key watches', () => ({ path: '/dashboard', first: '{}' }), '1008 Unauthorized'],
  ['no key on signaling', () => ({ path: '/signaling', first: '{"type":"offer"}' }), '1008 Unauthorized'],
  ['personal key in the control room', () => ({ path: `/console?key=${keys.personal}` }), 'HTTP 403'],
  ['expired key in the control room', () => ({ path: '/console', first: token(keys.expired) }), '1008 Unauthorized'],
  ['foreign page in the control room', () => ({ path: `/console?key=${keys.viewer}`, headers: EVIL }), 'HTTP 403'],
  ['foreign page without a key', () => ({ path: '/pocket-parrot', headers: EVIL, first: FRAME }), '1008 Unauthorized'],
  ['foreign Host', () => ({ path: `/pocket-parrot?key=${keys.join}`, headers: { host: 'evil.example' } }), 'HTTP 403'],
  ['dots out of an endpoint', () => ({ path: '/pocket-parrot/../console' }), 'HTTP 401'],
  ['encoded dots out of an endpoint', () => ({ path: '/pocket-parrot/%2e%2e%2fconsole' }), 'HTTP 401'],
  ['two slashes', () => ({ path: '//console' }), 'HTTP 404'],
  ['an unknown endpoint', () => ({ path: '/admin' }), 'HTTP 404'],
];

/** `HTTP <status>` of a refused upgrade, or how the open socket was closed. Sends the path as it is. */
async function knockAt(base: string, { path, headers = {}, first }: Knock): Promise<string> {
  const raw = new URL(base);
  const isTls = raw.protocol === 'https:';
  // `ws` tidies up a path as `fetch` does: a path that must not be is asked for by hand.
  const isOdd = path.includes('..') || path.includes('%2e') || path.startsWith('//');
  if (isOdd) {
    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    };
    return `HTTP ${(await ask(base, { path, headers: { ...headers, ...upgrade } })).status}`;
  }
  try {
    const url = `${isTls ? 'wss' : 'ws'}://127.0.0.1:${raw.port}${path}`;
    const client = await WireClient.open(url, { headers, rejectUnauthorized: false });
    if (first !== undefined) client.send(first);
    const { code, reason } = await client.closed;
    expect(client.received).toEqual([]);
    return `${code} ${reason}`;
  } catch (error) {
    return `HTTP ${/(\d{3})$/.exec(String(error))?.[1] ?? String(error)}`;
  }
}

describe.each(LISTENERS)('no entry by socket, %s', (listener) => {
  test.each(SOCKETS)('%s', async (_name, knock, outcome) => {
    const { headers = {}, ...rest } = knock();
    expect(await knockAt(baseOf(listener), { ...rest, headers: { ...from(), ...headers } })).toBe(outcome);
  });
});

test('a viewer key is forbidden every call of the operator', async () => {
  const transport = await openWebSocketTransport(`${hub.ready.http.replace('http', 'ws')}/console`, keys.viewer);
  const viewer = createHubClient(transport);
  for (const asked of [
    viewer.request('key.list', {}),
    viewer.request('key.rotate', { kind: 'admin' }),
    viewer.request('pairing.get', {}),
    viewer.request('pairing.newCode', {}),
    viewer.request('wifi.get', {}),
  ]) {
    await expect(asked).rejects.toMatchObject({ code: 'forbidden' });
  }
  transport.close();
});

describe.each(LISTENERS)('guessed and replayed codes, %s', (listener) => {
  const join = (code: string, address: string): Promise<Answer> =>
    ask(baseOf(listener), {
      path: '/join',
      method: 'POST',
      headers: { ...JSON_BODY, ...from(address) },
      body: JSON.stringify({ code }),
    });
  const wrong = (code: string): string => (code.startsWith('A') ? 'C' : 'A') + code.slice(1);
  const newCode = async (): Promise<string> => (await operator.request('pairing.newCode', {})).code?.code ?? '';

  test('a code opens once; replayed it is refused', async () => {
    const code = await newCode();
    const other = ++addresses;
    expect((await join(code, `10.78.0.${other}`)).status).toBe(200);
    expect(await join(code, `10.78.1.${other}`)).toMatchObject({ status: 401, code: 'wrong_code' });
  });

  test('five wrong ones: the address is out; twenty: the code is, and the operator knows', async () => {
    const code = await newCode();
    const net = `10.79.${++addresses}`;
    const guess = async (address: number): Promise<number> => (await join(wrong(code), `${net}.${address}`)).status;
    for (let count = 0; count < 5; count += 1) expect(await guess(1)).toBe(401);
    expect(await join(code, `${net}.1`)).toMatchObject({ status: 429, code: 'too_many_wrong_codes' });
    const more: number[] = [];
    for (let count = 0; count < 15; count += 1) more.push(await guess(2 + (count % 5)));
    expect(more).toEqual([...new Array<number>(14).fill(401), 429]);
    expect(await join(code, `${net}.9`)).toMatchObject({ status: 429, code: 'code_withdrawn' });
    const alert = await hub.event(({ event, id }) => event === 'alert' && id === 'code-guessed');
    expect(alert.severity).toBe('warning');
    await newCode();
  });
});

test('what is open with a key ends with it', async () => {
  const { key, info } = await operator.request('key.makeViewer', { name: 'Tablet', hours: 1 });
  const feeds = await Promise.all(
    LISTENERS.map((listener) =>
      WireClient.open(`${baseOf(listener).replace('http', 'ws')}/dashboard?key=${key}`, { rejectUnauthorized: false }),
    ),
  );
  await operator.request('key.revoke', { keyId: info.keyId });
  for (const feed of feeds) expect(await feed.closed).toEqual({ code: 1008, reason: 'Unauthorized' });
});

test('after all that nothing is stored, and nobody is there', async () => {
  const health = await fetch(`${hub.ready.http}/health`);
  expect(await health.json()).toMatchObject({ framesStored: 0 });
  const devices = await fetch(`${hub.ready.http}/api/v1/devices`, { headers: bearer(keys.admin) });
  expect(await devices.json()).toMatchObject({ items: [] });
});

test('a device with a key of its own is not to be claimed with the join key', async () => {
  const url = `${hub.ready.http.replace('http', 'ws')}/pocket-parrot`;
  const open = async (key: string): Promise<WireClient> => WireClient.open(`${url}?key=${key}`);
  const first = await open(keys.join);
  const owner = await first.ask({ type: 'handshake', deviceId: 'mine', pair: true });
  await first.close();
  const second = await open(String(owner.deviceKey));
  expect((await second.ask({ type: 'handshake', deviceId: 'mine' })).deviceId).toBe(owner.deviceId);
  const claimer = await open(keys.join);
  expect((await claimer.ask({ type: 'handshake', deviceId: 'mine' })).deviceId).not.toBe(owner.deviceId);
  await hub.event(({ event, id }) => event === 'alert' && id === `claim.${String(owner.deviceId)}`);
  await Promise.all([second.close(), claimer.close()]);
});
