import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BEHIND_PROXY, KEYS, openTestLan, type TestLan } from './lan-fixture';
import { connect, knock } from './socket-client';

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
const fromElsewhere = { 'x-forwarded-for': '192.168.7.7' };

let test: TestLan;
let open: TestLan;
beforeAll(async () => {
  test = await openTestLan({ ...BEHIND_PROXY, allowOrigins: ['https://room.example'] });
  open = await openTestLan({ ...BEHIND_PROXY, access: 'open' });
});
afterAll(async () => {
  await test.close();
  await open.close();
});

interface Knock {
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly answer: string;
}

const PAIRED: Record<string, Knock> = {
  'wrong key in the URL': { path: '/pocket-parrot?key=wrong', answer: 'HTTP 401' },
  'wrong key as a suffix': { path: '/pocket-parrot/wrong', answer: 'HTTP 401' },
  'malformed suffix': { path: '/pocket-parrot/%zz', answer: 'HTTP 401' },
  'wrong Bearer key': { path: '/pocket-parrot', headers: bearer('wrong'), answer: 'HTTP 401' },
  'wrong Basic password': {
    path: '/pocket-parrot',
    headers: { authorization: basic('ann', 'wrong') },
    answer: 'HTTP 401',
  },
  'a key of 10,000 characters': { path: `/pocket-parrot?key=${'k'.repeat(10_000)}`, answer: 'HTTP 401' },
  'viewer key on ingest': { path: `/pocket-parrot?key=${KEYS.viewer}`, answer: 'HTTP 403' },
  'join key on a feed': { path: `/dashboard?key=${KEYS.join}`, answer: 'HTTP 403' },
  'device key on the console': { path: `/console?key=${KEYS.device}`, answer: 'HTTP 403' },
  'admin key in the clear from elsewhere': {
    path: `/dashboard?key=${KEYS.admin}`,
    headers: fromElsewhere,
    answer: 'HTTP 403',
  },
  'unknown path': { path: '/nothing', answer: 'HTTP 404' },
  'foreign Host': { path: `/pocket-parrot?key=${KEYS.join}`, headers: { host: 'evil.example' }, answer: 'HTTP 403' },
  'a name below localhost': {
    path: `/pocket-parrot?key=${KEYS.join}`,
    headers: { host: 'evil.localhost' },
    answer: 'HTTP 403',
  },
  'foreign Origin on the console': {
    path: `/console?key=${KEYS.admin}`,
    headers: { origin: 'https://evil.example' },
    answer: 'HTTP 403',
  },
  'null Origin on the console': {
    path: `/console?key=${KEYS.admin}`,
    headers: { origin: 'null' },
    answer: 'HTTP 403',
  },
  'another port of this machine on the console': {
    path: `/console?key=${KEYS.admin}`,
    headers: { origin: 'http://127.0.0.1:1' },
    answer: 'HTTP 403',
  },
  'allowed Origin on the console': {
    path: `/console?key=${KEYS.admin}`,
    headers: { origin: 'https://room.example' },
    answer: 'open',
  },
  'null Origin on ingest with a key': {
    path: `/pocket-parrot?key=${KEYS.join}`,
    headers: { origin: 'null' },
    answer: 'open',
  },
  'join key in the URL': { path: `/pocket-parrot?key=${KEYS.join}`, answer: 'open' },
  'device key as a suffix': { path: `/pocket-parrot/${KEYS.device}`, answer: 'open' },
  'join key as Bearer': { path: '/pocket-parrot', headers: bearer(KEYS.join), answer: 'open' },
  'join key as Basic password': {
    path: '/pocket-parrot',
    headers: { authorization: basic('ann', KEYS.join) },
    answer: 'open',
  },
  'viewer key on a feed': { path: `/dashboard?key=${KEYS.viewer}`, headers: fromElsewhere, answer: 'open' },
  'admin key through TLS at a trusted proxy': {
    path: `/dashboard?key=${KEYS.admin}`,
    headers: { ...fromElsewhere, 'x-forwarded-proto': 'https' },
    answer: 'open',
  },
};

describe('a socket with a key in URL or header', () => {
  it.each(Object.entries(PAIRED))('%s', async (_name, { path, headers, answer }) => {
    expect(await knock(test.ws + path, { headers })).toBe(answer);
  });

  it('tells the endpoint who came and how', async () => {
    const client = await connect(`${test.ws}/pocket-parrot?key=${KEYS.device}`, { headers: fromElsewhere });
    expect(JSON.parse(await client.next())).toEqual({
      opened: '/pocket-parrot',
      address: '192.168.7.7',
      identity: { kind: 'device', keyId: 'k-device', deviceId: 'd1' },
      isLoopback: false,
      isTls: false,
      localAddress: '127.0.0.1',
      first: null,
    });
    client.socket.terminate();
  });

  it('lets an own page open the console', async () => {
    const url = `${test.ws}/console?key=${KEYS.viewer}`;
    expect(await knock(url, { headers: { origin: test.http } })).toBe('open');
    expect(await knock(url, { headers: { origin: `http://localhost:${test.httpPort}` } })).toBe('open');
  });

  it('does not log the key', async () => {
    const paths = [`/pocket-parrot?key=${KEYS.join}`, `/pocket-parrot/${KEYS.device}`, `/nothing?key=${KEYS.admin}`];
    for (const path of paths) await (await fetch(test.http + path)).text();
    await (await fetch(`${test.http}/ingest/${KEYS.join}`)).text();
    await (await fetch(`${test.http}/api/v1/devices?%6bey=${KEYS.viewer}`)).text();
    const log = test.logged.join('\n');
    expect(log).toContain('/pocket-parrot/***');
    expect(log).toContain('/ingest/***');
    for (const key of Object.values(KEYS)) expect(log).not.toContain(key);
  });
});

describe('open access', () => {
  it('takes anyone on ingest at once, whatever token the handshake holds', async () => {
    const client = await connect(`${open.ws}/pocket-parrot`, { headers: fromElsewhere });
    expect(JSON.parse(await client.next())).toMatchObject({ identity: null, first: null });
    client.socket.send('{"type":"handshake","token":"unknown"}');
    expect(await client.next()).toContain('echo {"type":"handshake"');
    client.socket.terminate();
  });

  it('opens feeds to this machine only, and not to pages of other sites', async () => {
    const here = await connect(`${open.ws}/dashboard`);
    expect(JSON.parse(await here.next())).toMatchObject({ opened: '/dashboard', identity: null });
    here.socket.terminate();

    const strangers = [fromElsewhere, { origin: 'https://evil.example' }];
    for (const headers of strangers) {
      const client = await connect(`${open.ws}/dashboard`, { headers });
      client.socket.send('{}');
      expect(await client.closed).toEqual({ code: 1008, reason: 'Unauthorized' });
      expect(client.received).toEqual([]);
    }
  });

  it('still refuses a wrong key and one that may not', async () => {
    expect(await knock(`${open.ws}/pocket-parrot?key=wrong`)).toBe('HTTP 401');
    expect(await knock(`${open.ws}/pocket-parrot?key=${KEYS.viewer}`)).toBe('HTTP 403');
  });
});

it('an untrusted X-Forwarded-For changes no address and gives no rights of this machine', async () => {
  const direct = await openTestLan();
  const client = await connect(`${direct.ws}/dashboard?key=${KEYS.viewer}`, {
    headers: { 'x-forwarded-for': '127.0.0.1, 10.0.0.1' },
  });
  expect(JSON.parse(await client.next())).toMatchObject({ address: '127.0.0.1', isLoopback: false });
  client.socket.terminate();
  await direct.close();
});
