import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOwnHosts, machineNames } from '../../../src/main/lan/host-check';
import { keyInRequest } from '../../../src/main/lan/key-in-request';
import { maskedUrl } from '../../../src/main/lan/masked-url';
import { createTrustedProxies } from '../../../src/main/lan/trusted-proxies';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('the key in a request', () => {
  it.each<[string, string | undefined, string, string | null, string | null]>([
    ['none', undefined, '/x', null, null],
    ['Bearer', 'Bearer abc', '/x', null, 'abc'],
    ['bearer in lower case', 'bearer  abc', '/x', null, 'abc'],
    ['Basic', `Basic ${base64('ann:a:b')}`, '/x', null, 'a:b'],
    ['Basic with no password', `Basic ${base64('ann:')}`, '/x', null, null],
    ['another scheme', 'Digest abc', '/x', null, null],
    ['query', undefined, '/x?a=1&key=abc', null, 'abc'],
    ['empty query', undefined, '/x?key=', null, null],
    ['encoded query', undefined, '/x?key=a%2Bb', null, 'a+b'],
    ['suffix', undefined, '/x/abc', 'abc', 'abc'],
    ['empty suffix', undefined, '/x/', '', null],
    ['broken suffix', undefined, '/x/%z', '%z', ''],
    ['header before URL', 'Bearer abc', '/x?key=def', 'ghi', 'abc'],
    ['URL before suffix', undefined, '/x/ghi?key=def', 'ghi', 'def'],
  ])('%s', (_name, authorization, url, suffix, key) => {
    const headers = authorization === undefined ? {} : { authorization };
    expect(keyInRequest({ headers, url, suffix })).toBe(key);
  });

  it('never throws on what strangers send', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (authorization, url, suffix) => {
        keyInRequest({ headers: { authorization }, url, suffix });
      }),
    );
  });
});

describe('a URL in the log', () => {
  it.each([
    ['/pocket-parrot', '/pocket-parrot'],
    ['/pocket-parrot/SECRET', '/pocket-parrot/***'],
    ['/pocket-parrot?key=SECRET', '/pocket-parrot?key=***'],
    ['/a?x=1&key=SECRET&y=2', '/a?x=1&key=***&y=2'],
    ['/a?KEY=SECRET', '/a?KEY=***'],
    ['/a?%6bey=SECRET', '/a?%6bey=***'],
    ['/a?token=SECRET', '/a?token=***'],
    ['/a?x=1?key=SECRET', '/a?x=1?key=***'],
    ['/a?x=1', '/a?x=1'],
    ['/a\n\u001b[31m', '/a??[31m'],
  ])('%j', (url, shown) => {
    expect(maskedUrl(url, ['/pocket-parrot'])).toBe(shown);
  });
});

describe('own hosts', () => {
  const hosts = createOwnHosts({
    addresses: () => ['127.0.0.1', '::1', '192.168.1.20', 'fd00::5'],
    ports: () => [8080, 8443],
    publicHosts: ['Hub.Example', '203.0.113.9'],
  });

  it.each<[string | undefined, boolean]>([
    ['127.0.0.1:8080', true],
    ['192.168.1.20', true],
    ['192.168.1.20:1', true],
    ['[::1]:8080', true],
    ['[fd00::5]', true],
    ['[::ffff:192.168.1.20]:8080', true],
    ['localhost', true],
    ['LOCALHOST.:80', true],
    ['hub.example:443', true],
    ['203.0.113.9', true],
    ['10.0.0.77:8080', true],
    [`${machineNames()[0] ?? ''}:8080`, true],
    ['192.168.1.21', false],
    ['evil.example', false],
    ['x.localhost', false],
    ['localhost.evil.example', false],
    ['hub.example@evil.example', false],
    ['evil.example:80:80', false],
    ['', false],
    [undefined, false],
  ])('%s: %s', (host, isOwn) => {
    // The connection came in on 10.0.0.77, an address the last look at the interfaces has not seen yet.
    expect(hosts.isOwnHost(host, '10.0.0.77')).toBe(isOwn);
  });

  it.each<[string, boolean]>([
    ['http://192.168.1.20:8080', true],
    ['https://192.168.1.20:8443', true],
    ['https://localhost:8443', true],
    ['https://hub.example', true],
    ['http://192.168.1.20:3000', false],
    ['http://localhost', false],
    ['https://evil.example:8443', false],
    ['null', false],
    ['app://perch', false],
    ['http://', false],
  ])('origin %s: %s', (origin, isOwn) => {
    expect(hosts.isOwnOrigin(origin, '192.168.1.20:8080', '192.168.1.20')).toBe(isOwn);
  });

  it('counts the local name of a dotted host name', () => {
    expect(machineNames('Laptop.lan')).toEqual(['laptop.lan', 'laptop', 'laptop.local']);
  });
});

describe('trusted proxies', () => {
  it('are addresses and subnets of both families', () => {
    const proxies = createTrustedProxies(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);
    const trusted = ['127.0.0.1', '10.9.9.9', 'fd12::1'].map((address) => proxies.isTrusted(address));
    const others = ['127.0.0.2', '11.0.0.1', 'fe80::1', '', 'name'].map((address) => proxies.isTrusted(address));
    expect([trusted, others]).toEqual([
      [true, true, true],
      [false, false, false, false, false],
    ]);
  });

  it.each(['', 'proxy.example', '10.0.0.0/33', '10.0.0.0/x', '10.0.0'])('refuse "%s"', (entry) => {
    expect(() => createTrustedProxies([entry])).toThrow('trusted proxy');
  });
});
