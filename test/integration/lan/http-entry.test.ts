import { request as httpRequest } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BEHIND_PROXY, KEYS, openTestLan, type TestLan } from './lan-fixture';

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
}

/** Unlike `fetch` it lets a test set Host and send a path as it is. */
function ask(
  base: string,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(base);
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const codeOf = (answer: Answer): string => (JSON.parse(answer.text) as { error: { code: string } }).error.code;

const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
const elsewhere = { 'x-forwarded-for': '192.168.7.7' };

let test: TestLan;
let open: TestLan;
beforeAll(async () => {
  test = await openTestLan({ ...BEHIND_PROXY, publicHosts: ['hub.example'], timing: { wrongKeyDelayMs: 10 } });
  open = await openTestLan({ ...BEHIND_PROXY, access: 'open' });
});
afterAll(async () => {
  await test.close();
  await open.close();
});

describe('a route asks for the right key', () => {
  it.each<[string, string, string, Record<string, string>, number]>([
    ['public without a key', 'GET', '/health', {}, 200],
    ['public with an old key', 'GET', '/health', bearer('wrong'), 200],
    ['read without a key', 'GET', '/api/v1/devices', {}, 401],
    ['read with a wrong key', 'GET', '/api/v1/devices', bearer('wrong'), 401],
    ['read with a wrong key in the URL', 'GET', '/api/v1/devices?key=wrong', {}, 401],
    ['read with a join key', 'GET', '/api/v1/devices', bearer(KEYS.join), 403],
    ['read with a viewer key', 'GET', '/api/v1/devices', bearer(KEYS.viewer), 200],
    ['read with a viewer key in the URL', 'GET', `/api/v1/devices?key=${KEYS.viewer}`, {}, 200],
    ['read with an admin key from here', 'GET', '/api/v1/devices', bearer(KEYS.admin), 200],
    ['read with an admin key in the clear', 'GET', '/api/v1/devices', { ...bearer(KEYS.admin), ...elsewhere }, 403],
    ['HEAD is judged as GET', 'HEAD', '/api/v1/devices', {}, 401],
    ['ingest without a key', 'POST', '/api/v1/frames', {}, 401],
    ['ingest with a viewer key', 'POST', '/api/v1/frames', bearer(KEYS.viewer), 403],
    ['ingest with a device key', 'POST', '/api/v1/frames', bearer(KEYS.device), 200],
    ['ingest with a key in the path', 'GET', `/ingest/${KEYS.join}`, {}, 200],
    ['ingest with a wrong key in the path', 'GET', '/ingest/wrong', {}, 401],
    ['admin with a viewer key', 'DELETE', '/api/v1/devices', bearer(KEYS.viewer), 403],
    ['admin with an admin key', 'DELETE', '/api/v1/devices', bearer(KEYS.admin), 200],
    ['an unknown path', 'GET', '/api/v1/nothing', {}, 404],
    ['a socket path without an upgrade', 'GET', '/pocket-parrot/KEY?x=1', {}, 426],
    ['an unknown path of odd bytes', 'GET', '/%zz', {}, 400],
    ['a foreign Host', 'GET', '/health', { host: 'evil.example' }, 403],
    ['a foreign Host on an unknown path', 'GET', '/nothing', { host: 'evil.example:80' }, 403],
    ['a public Host', 'GET', '/health', { host: 'HUB.example' }, 200],
    ['localhost on another port', 'GET', '/health', { host: 'localhost:99' }, 200],
    ['HTTP/2 on offer', 'GET', '/health', { upgrade: 'h2c', connection: 'Upgrade, HTTP2-Settings' }, 200],
  ])('%s', async (_name, method, path, headers, status) => {
    const answer = await ask(test.http, path, headers, method);
    expect(answer.status).toBe(status);
    if (status >= 400 && method !== 'HEAD') {
      expect(JSON.parse(answer.text)).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
    }
  });

  it.each<[string, string, string, Record<string, string>, number]>([
    ['ingest takes anyone', 'POST', '/api/v1/frames', elsewhere, 200],
    ['reading needs a key', 'GET', '/api/v1/devices', {}, 401],
    ['a feed is open here', 'GET', '/feed', {}, 200],
    ['a feed is not open elsewhere', 'GET', '/feed', elsewhere, 401],
    ['a feed is not open to a page of another site', 'GET', '/feed', { origin: 'https://evil.example' }, 401],
    ['administration needs a key', 'DELETE', '/api/v1/devices', {}, 401],
  ])('open access: %s', async (_name, method, path, headers, status) => {
    expect((await ask(open.http, path, headers, method)).status).toBe(status);
  });

  it('a route that does not say who may use it is a bug', async () => {
    const prepare = (lan: TestLan['lan']): void => void lan.http.get('/forgotten', () => 'open to all');
    await expect(openTestLan({}, prepare)).rejects.toThrow('/forgotten');
  });
});

describe('CORS', () => {
  it.each(['null', 'https://parrot.example'])('serves Origin %s with a valid key only', async (origin) => {
    const withKey = await ask(test.http, '/api/v1/devices', { ...bearer(KEYS.viewer), origin });
    expect(withKey.headers['access-control-allow-origin']).toBe(origin);
    expect(withKey.headers.vary).toContain('Origin');
    expect(withKey.headers['access-control-allow-credentials']).toBeUndefined();
    const without = await ask(test.http, '/api/v1/devices', { origin });
    expect([without.status, without.headers['access-control-allow-origin']]).toEqual([401, undefined]);
    const health = await ask(test.http, '/health', { origin });
    expect([health.status, health.headers['access-control-allow-origin']]).toEqual([200, undefined]);
  });

  it('answers a preflight without a key', async () => {
    const headers = {
      origin: 'null',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization, content-type',
      'access-control-request-private-network': 'true',
    };
    const answer = await ask(test.http, '/api/v1/frames', headers, 'OPTIONS');
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'null',
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-allow-private-network': 'true',
    });
    expect(answer.headers['access-control-allow-methods']).toContain('POST');
  });

  it('sets no cookie', async () => {
    expect((await ask(test.http, '/join')).headers['set-cookie']).toBeUndefined();
  });
});

describe('pages', () => {
  it('sends the root to /join, and /join is the phone page', async () => {
    const root = await ask(test.http, '/');
    expect([root.status, root.headers.location]).toEqual([302, '/join']);
    const join = await ask(test.http, '/join', elsewhere);
    expect(join.text).toBe('<title>phone</title>');
    expect(join.headers['cache-control']).toBe('no-store');
    expect(join.headers['x-content-type-options']).toBe('nosniff');
    expect(join.headers['referrer-policy']).toBe('no-referrer');
    expect(join.headers['permissions-policy']).toContain('geolocation=(self)');
    const policy = String(join.headers['content-security-policy']);
    for (const part of ["default-src 'self'", "frame-ancestors 'none'"]) expect(policy).toContain(part);
    expect(policy).not.toContain("script-src 'unsafe");
  });

  it('serves the control room on this machine', async () => {
    expect((await ask(test.http, '/room')).text).toBe('<title>control room</title>');
  });

  it('caches what has a hash in its name', async () => {
    const asset = await ask(test.http, '/assets/app-1a2b.js');
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(asset.headers['content-type']).toContain('javascript');
  });

  it.each([
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets//etc/passwd',
    '/../secret.txt',
    '/assets/%00',
    '/assets/',
    '/phone.html',
  ])('gives nothing away at %s', async (path) => {
    const answer = await ask(test.http, path);
    expect([400, 403, 404]).toContain(answer.status);
    expect(answer.text).not.toContain('the secret');
  });

  it('has no CA to hand out without TLS', async () => {
    expect((await ask(test.http, '/ca.crt')).status).toBe(404);
  });
});

describe('broken requests', () => {
  it.each(['nonsense\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n', 'GET /health HTTP/1.0\r\n\r\n'])('%j', async (bytes) => {
    const text = await new Promise<string>((resolve, reject) => {
      let got = '';
      const socket = connectTcp(test.httpPort, '127.0.0.1', () => socket.write(bytes));
      socket.on('data', (chunk) => {
        got += chunk.toString();
      });
      socket.on('close', () => resolve(got));
      socket.on('error', reject);
    });
    expect(text).toMatch(/^HTTP\/1\.1 40[03] /);
    expect((await ask(test.http, '/health')).status).toBe(200);
  });

  it('a body over the limit is 413, and one that is no JSON 400', async () => {
    const small = await openTestLan({ maxMessageBytes: 1000 });
    const headers = { ...bearer(KEYS.join), 'content-type': 'application/json' };
    const large = await ask(small.http, '/api/v1/frames', headers, 'POST', JSON.stringify('x'.repeat(2000)));
    expect([large.status, codeOf(large)]).toEqual([413, 'too_large']);
    const broken = await ask(small.http, '/api/v1/frames', headers, 'POST', '{');
    expect([broken.status, codeOf(broken)]).toEqual([400, 'invalid_request']);
    await small.close();
  });
});
