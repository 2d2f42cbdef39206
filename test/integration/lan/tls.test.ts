import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import type { NetworkInterfaceInfo } from 'node:os';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls, type PeerCertificate } from 'node:tls';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BEHIND_PROXY, KEYS, openTestLan, type TestLan } from './lan-fixture';
import { connect } from './socket-client';

const run = promisify(execFile);
const DAY_MS = 86_400_000;

const wifi = (address: string): NodeJS.Dict<NetworkInterfaceInfo[]> => ({
  wlan0: [
    {
      address,
      family: 'IPv4',
      internal: false,
      netmask: '255.255.255.0',
      mac: '02:00:00:00:00:01',
      cidr: `${address}/24`,
    },
  ],
});

let dataDir: string;
let test: TestLan;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'perch-tls-'));
});
afterEach(async () => {
  await test.close();
  await rm(dataDir, { recursive: true, force: true });
});

const file = (name: string): string => join(dataDir, 'tls', name);

/** The certificate the listener shows, validated against the CA for `host`. */
async function shownCertificate(host: string): Promise<PeerCertificate> {
  const ca = await readFile(file('ca.pem'));
  return new Promise((resolve, reject) => {
    const isName = host === 'localhost';
    const socket = connectTls(
      { host: '127.0.0.1', port: test.tlsPort ?? 0, ca, ...(isName ? { servername: host } : {}) },
      () => {
        resolve(socket.getPeerCertificate());
        socket.destroy();
      },
    );
    socket.on('error', reject);
  });
}

describe('the hub as its own authority', () => {
  it('makes a chain that openssl accepts for a server at each of its addresses', async () => {
    test = await openTestLan({
      dataDir,
      tlsPort: 0,
      publicHosts: ['hub.example'],
      networkInterfaces: () => wifi('192.168.1.20'),
    });
    const verify = ['verify', '-x509_strict', '-CAfile', file('ca.pem'), '-purpose', 'sslserver'];
    for (const address of ['192.168.1.20', '127.0.0.1', '::1']) {
      const { stdout } = await run('openssl', [...verify, '-verify_ip', address, file('leaf.pem')]);
      expect(stdout).toContain('OK');
    }
    for (const name of ['localhost', 'hub.example']) {
      const { stdout } = await run('openssl', [...verify, '-verify_hostname', name, file('leaf.pem')]);
      expect(stdout).toContain('OK');
    }
    await expect(run('openssl', [...verify, '-verify_ip', '192.168.1.21', file('leaf.pem')])).rejects.toThrow();

    const leaf = new X509Certificate(await readFile(file('leaf.pem')));
    const days = (Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)) / DAY_MS;
    expect(days).toBeLessThanOrEqual(397);
    expect(Date.parse(leaf.validFrom)).toBeLessThan(Date.now() - DAY_MS / 2);
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    const { stdout } = await run('openssl', ['x509', '-in', file('leaf.pem'), '-noout', '-text']);
    expect(stdout).toContain('ecdsa-with-SHA256');
    expect(stdout).toContain('prime256v1');
  });

  it('is trusted by a client that trusts its CA, over HTTPS and wss, TLS 1.2 too', async () => {
    test = await openTestLan({ dataDir, tlsPort: 0 });
    const ca = await readFile(file('ca.pem'));
    const body = await new Promise<string>((resolve, reject) => {
      const request = httpsRequest(`${test.https}/health`, { ca, maxVersion: 'TLSv1.2', agent: false }, (response) => {
        response.on('data', (chunk: Buffer) => resolve(chunk.toString()));
      });
      request.on('error', reject);
      request.end();
    });
    expect(JSON.parse(body)).toEqual({ identity: null });
    await shownCertificate('localhost');

    const client = await connect(`${test.https?.replace('https', 'wss')}/pocket-parrot?key=${KEYS.join}`, { ca });
    expect(JSON.parse(await client.next())).toMatchObject({ isTls: true });
    client.socket.terminate();
    await expect(fetch(`${test.https}/health`)).rejects.toThrow();
  });

  it('keeps keys to their owner, hands out the CA, and tells its fingerprint', async () => {
    test = await openTestLan({ dataDir, tlsPort: 0 });
    for (const name of ['ca-key.pem', 'leaf-key.pem']) expect((await stat(file(name))).mode & 0o777).toBe(0o600);
    const response = await fetch(`${test.http}/ca.crt`);
    expect(response.headers.get('content-type')).toBe('application/x-x509-ca-cert');
    expect(response.headers.get('content-disposition')).toContain('perch-ca.crt');
    const ca = new X509Certificate(Buffer.from(await response.arrayBuffer()));
    expect(ca.ca).toBe(true);
    expect(ca.fingerprint256).toBe(test.lan.caFingerprint);
    const iphone = await fetch(`${test.http}/ca.crt`, { headers: { 'user-agent': 'Mozilla/5.0 (iPhone; ...)' } });
    expect(iphone.headers.get('content-disposition')).toBeNull();
    expect(await (await fetch(`${test.http}/ca.pem`)).text()).toBe(await readFile(file('ca.pem'), 'utf8'));
  });

  it('keeps CA and leaf over a restart, and the CA over a change of address', async () => {
    const options = { dataDir, tlsPort: 0, networkInterfaces: () => wifi('192.168.1.20') };
    test = await openTestLan(options);
    const [ca, leaf] = [test.lan.caFingerprint, (await shownCertificate('127.0.0.1')).fingerprint256];
    await test.close();
    test = await openTestLan(options);
    expect([test.lan.caFingerprint, (await shownCertificate('127.0.0.1')).fingerprint256]).toEqual([ca, leaf]);
    await test.close();
    test = await openTestLan({ ...options, networkInterfaces: () => wifi('10.0.0.9') });
    expect(test.lan.caFingerprint).toBe(ca);
    expect((await shownCertificate('127.0.0.1')).subjectaltname).toContain('10.0.0.9');
  });

  it('makes a new CA while it runs: new connections need it, open ones go on, and a restart keeps it', async () => {
    const options = { dataDir, tlsPort: 0, networkInterfaces: () => wifi('192.168.1.20') };
    test = await openTestLan(options);
    const [old, oldKey] = [await readFile(file('ca.pem'), 'utf8'), await readFile(file('ca-key.pem'), 'utf8')];
    const fingerprint = test.lan.caFingerprint;
    const client = await connect(`${test.https?.replace('https', 'wss')}/pocket-parrot?key=${KEYS.join}`, { ca: old });
    await client.next();
    await Promise.all([test.lan.replaceAuthority(), test.lan.replaceAuthority()]);
    client.socket.send('still here');
    expect(await client.next()).toBe('echo still here');
    client.socket.terminate();

    const made = await readFile(file('ca.pem'), 'utf8');
    expect(new X509Certificate(made).fingerprint256).toBe(test.lan.caFingerprint);
    expect(test.lan.caFingerprint).not.toBe(fingerprint);
    expect(await readFile(file('ca-key.pem'), 'utf8')).not.toBe(oldKey);
    expect((await stat(file('ca-key.pem'))).mode & 0o777).toBe(0o600);
    expect((await shownCertificate('127.0.0.1')).subjectaltname).toContain('192.168.1.20');
    await expect(
      connect(`${test.https?.replace('https', 'wss')}/pocket-parrot?key=${KEYS.join}`, { ca: old }),
    ).rejects.toThrow(/certificate/);
    expect(await (await fetch(`${test.http}/ca.pem`)).text()).toBe(made);
    expect(await (await fetch(`${test.http}/ca.mobileconfig`)).text()).toContain(test.lan.caName);

    const now = test.lan.caFingerprint;
    await test.close();
    test = await openTestLan(options);
    expect(test.lan.caFingerprint).toBe(now);
    await shownCertificate('127.0.0.1');
  });

  it('a new CA that was cut short by a crash: the next start makes one', async () => {
    test = await openTestLan({ dataDir, tlsPort: 0 });
    const before = test.lan.caFingerprint;
    await test.close();
    await rm(file('ca.pem'));
    test = await openTestLan({ dataDir, tlsPort: 0 });
    expect(test.lan.caFingerprint).not.toBe(before);
    await shownCertificate('127.0.0.1');
  });

  it('serves a new leaf when the address changes, without dropping anyone', async () => {
    let address = '192.168.1.20';
    test = await openTestLan({
      dataDir,
      tlsPort: 0,
      networkInterfaces: () => wifi(address),
      timing: { addressPollMs: 20 },
    });
    const seen: string[] = [];
    test.lan.onAddressesChanged((addresses) => seen.push(addresses[0]?.address ?? ''));
    const ca = await readFile(file('ca.pem'));
    const client = await connect(`${test.https?.replace('https', 'wss')}/pocket-parrot?key=${KEYS.join}`, { ca });
    await client.next();
    address = '192.168.1.77';
    await expect
      .poll(async () => (await shownCertificate('127.0.0.1')).subjectaltname)
      .toContain('IP Address:192.168.1.77');
    expect(seen).toEqual(['192.168.1.77']);
    client.socket.send('still here');
    expect(await client.next()).toBe('echo still here');
    client.socket.terminate();
  });

  it('renews a leaf near its end', async () => {
    test = await openTestLan({ dataDir, tlsPort: 0, now: () => Date.now() - 370 * DAY_MS });
    const old = new X509Certificate(await readFile(file('leaf.pem')));
    await test.close();
    test = await openTestLan({ dataDir, tlsPort: 0 });
    const fresh = new X509Certificate(await readFile(file('leaf.pem')));
    expect(Date.parse(fresh.validTo)).toBeGreaterThan(Date.parse(old.validTo));
  });

  it('says so when the kept CA is broken, and touches nothing', async () => {
    test = await openTestLan({ dataDir, tlsPort: 0 });
    await test.close();
    await writeFile(file('ca.pem'), 'broken');
    await expect(openTestLan({ dataDir, tlsPort: 0 })).rejects.toThrow(/certificate authority in .* can't be read/);
    expect(await readFile(file('ca.pem'), 'utf8')).toBe('broken');
  });
});

describe("the operator's own certificate", () => {
  const make = async (names: string): Promise<{ certFile: string; keyFile: string }> => {
    const [certFile, keyFile] = [join(dataDir, 'own.pem'), join(dataDir, 'own-key.pem')];
    const subject = ['-subj', '/CN=own', '-addext', `subjectAltName=${names}`];
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    await run('openssl', ['req', '-x509', ...key, '-keyout', keyFile, '-out', certFile, ...subject]);
    return { certFile, keyFile };
  };

  it.each<[string, string, readonly string[], string | null, readonly string[]]>([
    ['a name', 'DNS:a.example', [], 'a.example', []],
    ['a public host it holds for', 'DNS:a.example,DNS:B.example', ['b.example'], 'b.example', []],
    ['an address of the laptop', 'DNS:a.example,IP:192.168.1.20', [], null, []],
    ['no public host that there is', 'DNS:a.example', ['c.example'], 'a.example', ['c.example']],
    ['names nobody can tell', 'DNS:*.field.example', [], null, ['192.168.1.20']],
    ['one of them, which is told', 'DNS:*.field.example', ['c.field.example'], 'c.field.example', []],
  ])(
    'for %s: where the secure page is opened, and where it does not hold',
    async (_, names, publicHosts, host, out) => {
      const networkInterfaces = (): NodeJS.Dict<NetworkInterfaceInfo[]> => wifi('192.168.1.20');
      test = await openTestLan({ dataDir, tlsPort: 0, ...(await make(names)), publicHosts, networkInterfaces });
      expect(test.lan.secureHost()).toBe(host);
      expect(test.lan.certificate()?.leftOut).toEqual(out);
      expect(test.lan.offered().map(({ address }) => address)).toEqual(['192.168.1.20', ...(host ? [host] : [])]);
    },
  );

  it('makes its names names of the hub', async () => {
    test = await openTestLan({ dataDir, tlsPort: 0, ...(await make('DNS:a.example')) });
    const status = async (host: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const { port } = new URL(test.https ?? '');
        const options = { host: '127.0.0.1', port, path: '/health', headers: { host }, rejectUnauthorized: false };
        httpsRequest(options, ({ statusCode = 0 }) => resolve(statusCode))
          .on('error', reject)
          .end();
      });
    expect([await status('A.example'), await status('b.example')]).toEqual([200, 403]);
  });

  it('is served as it is, with no CA to install', async () => {
    const [certFile, keyFile] = [join(dataDir, 'own.pem'), join(dataDir, 'own-key.pem')];
    const subject = ['-subj', '/CN=hub.example', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    await run('openssl', ['req', '-x509', ...key, '-keyout', keyFile, '-out', certFile, ...subject]);
    test = await openTestLan({ dataDir, tlsPort: 0, certFile, keyFile });
    await mkdir(join(dataDir, 'tls'), { recursive: true });
    await writeFile(file('ca.pem'), await readFile(certFile));
    expect((await shownCertificate('127.0.0.1')).subject.CN).toBe('hub.example');
    expect(test.lan.caFingerprint).toBeNull();
    expect((await fetch(`${test.http}/ca.crt`)).status).toBe(404);
  });

  it.each([
    ['a certificate without a key', { certFile: 'own.pem' }, /both --cert and --key/],
    ['a file that is not there', { certFile: '/nowhere.pem', keyFile: '/nowhere.pem' }, /nowhere.pem can't be read/],
    ['a file that is none', { certFile: import.meta.filename, keyFile: import.meta.filename }, /no PEM certificate/],
  ])('%s is refused with a sentence', async (_name, files, sentence) => {
    test = await openTestLan();
    await expect(openTestLan({ dataDir, tlsPort: 0, ...files })).rejects.toThrow(sentence);
  });
});

describe('where pages live', () => {
  it('sends the control room of another machine to TLS, without a key, and serves it there', async () => {
    test = await openTestLan({ ...BEHIND_PROXY, dataDir, tlsPort: 0 });
    const fromElsewhere = { redirect: 'manual', headers: { 'x-forwarded-for': '192.168.7.7' } } as const;
    const redirect = await fetch(`${test.http}/room`, fromElsewhere);
    expect([redirect.status, redirect.headers.get('location')]).toEqual([302, `${test.https}/room`]);
    const tlsAtProxy = { ...fromElsewhere.headers, 'x-forwarded-proto': 'https' };
    expect(await (await fetch(`${test.http}/room`, { headers: tlsAtProxy })).text()).toContain('control room');
    // It asks there whether the certificate is trusted already.
    const guide = await fetch(`${test.http}/join`, fromElsewhere);
    expect(guide.headers.get('content-security-policy')).toContain("connect-src 'self' ws: wss: https: http:;");
  });
});

it('makes no new CA without TLS: a sentence', async () => {
  test = await openTestLan({ dataDir, tlsPort: null });
  await expect(test.lan.replaceAuthority()).rejects.toThrow(/^The hub serves no TLS\.$/);
  expect((await fetch(`${test.http}/ca.pem`)).status).toBe(404);
});
