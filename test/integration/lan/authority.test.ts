import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { NetworkInterfaceInfo } from 'node:os';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'plist';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KeyVault } from '../../../src/main/lan';
import { createKeyPair, SIGNING } from '../../../src/main/lan/key-pair';
import { writeWhole } from '../../../src/main/lan/pem-files';
import * as x509 from '../../../src/main/lan/x509';
import { forgeCertificate } from '../../helpers/made-certificates';
import { openTestLan, type TestLan } from './lan-fixture';

const run = promisify(execFile);

const at =
  (...addresses: readonly string[]) =>
  (): NodeJS.Dict<NetworkInterfaceInfo[]> => ({
    wlan0: addresses.map((address) => ({
      address,
      family: 'IPv4',
      internal: false,
      netmask: '255.255.255.0',
      mac: '02:00:00:00:00:01',
      cidr: `${address}/24`,
    })),
  });

/** Opens only what it sealed. */
const vault: KeyVault = {
  seal: (plain) => `sealed:${Buffer.from(plain).toString('base64')}`,
  open: (sealed) => Buffer.from(sealed.replace(/^sealed:/, ''), 'base64').toString(),
};

let dataDir: string;
let test: TestLan;
const file = (name: string): string => join(dataDir, 'tls', name);
const verify = (...args: readonly string[]) =>
  run('openssl', ['verify', '-x509_strict', '-CAfile', file('ca.pem'), '-purpose', 'sslserver', ...args]);
const ca = () => ({ certFile: file('ca.pem'), keyFile: file('ca-key.pem') });

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'perch-authority-'));
});
afterEach(async () => {
  await test.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe('the limits of the CA', () => {
  it.each([
    ['google.com', false],
    ['mail.google.com', false],
    ['evil.hub.example.com', false],
    ['IP:8.8.8.8', false],
    ['IP:2001:4860:4860::8888', false],
    ['IP:172.32.0.1', false],
    ['IP:192.168.50.1', true],
    ['IP:100.64.0.9', true],
    ['IP:fd12:3456:789a::1', true],
    ['anything.local', true],
    ['localhost', true],
    ['hub.example', true],
  ])('openssl takes a forged certificate for %s: %s', async (name, isTaken) => {
    test = await openTestLan({ dataDir, tlsPort: 0, publicHosts: ['hub.example'] });
    const { certFile } = forgeCertificate(dataDir, ca(), name);
    if (isTaken) expect((await verify(certFile)).stdout).toContain('OK');
    else
      await expect(verify(certFile)).rejects.toMatchObject({
        stderr: expect.stringMatching(/permitted subtree/) as string,
      });
  });

  it('leave out an address of the internet and a public host named later, and say so', async () => {
    const networkInterfaces = at('8.8.4.4', '192.168.1.20');
    test = await openTestLan({ dataDir, tlsPort: 0, networkInterfaces });
    expect(test.lan.certificate()).toMatchObject({ isOwnAuthority: true, isLimited: true, leftOut: ['8.8.4.4'] });
    expect(test.logged.filter((line) => line.includes('can not vouch'))).toHaveLength(1);
    await test.close();
    test = await openTestLan({ dataDir, tlsPort: 0, networkInterfaces, publicHosts: ['Hub.example', 'box.local'] });
    expect(test.lan.certificate()?.leftOut).toEqual(['8.8.4.4', 'hub.example']);
    // What is served stays valid as a whole: one name too many would void it for all.
    expect((await verify('-verify_ip', '192.168.1.20', file('leaf.pem'))).stdout).toContain('OK');
    expect((await verify('-verify_hostname', 'box.local', file('leaf.pem'))).stdout).toContain('OK');
  });

  it('are not forced upon a CA of before, which phones trust', async () => {
    const { keys, pem } = await createKeyPair();
    const old = await x509.X509CertificateGenerator.createSelfSigned({
      name: 'CN=Perch hub old, O=Perch',
      keys,
      signingAlgorithm: SIGNING,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    await writeWhole(file('ca.pem'), old.toString('pem'), 0o644);
    await writeWhole(file('ca-key.pem'), pem, 0o600);
    test = await openTestLan({ dataDir, tlsPort: 0, networkInterfaces: at('8.8.4.4') });
    expect(test.lan.certificate()).toMatchObject({ isLimited: false, leftOut: [] });
    expect(test.lan.caName).toBe('Perch hub old');
    expect((await verify('-verify_ip', '8.8.4.4', file('leaf.pem'))).stdout).toContain('OK');
  });
});

describe('/ca.mobileconfig', () => {
  it('is a profile with the CA in it, that can be removed, the same each time', async () => {
    test = await openTestLan({ dataDir, tlsPort: 0 });
    const response = await fetch(`${test.http}/ca.mobileconfig`);
    expect(response.headers.get('content-type')).toBe('application/x-apple-aspen-config');
    expect(response.headers.get('content-disposition')).toBeNull();
    const text = await response.text();
    const profile = parse(text) as Record<string, unknown> & { PayloadContent: Array<Record<string, unknown>> };
    const [payload] = profile.PayloadContent;
    expect(profile).toMatchObject({
      PayloadType: 'Configuration',
      PayloadVersion: 1,
      PayloadRemovalDisallowed: false,
      PayloadDisplayName: test.lan.caName,
    });
    expect(payload).toMatchObject({ PayloadType: 'com.apple.security.root', PayloadVersion: 1 });
    const der = Buffer.from(await (await fetch(`${test.http}/ca.crt`)).arrayBuffer());
    expect(Buffer.from(payload?.PayloadContent as Uint8Array)).toEqual(der);
    const uuids = [profile.PayloadUUID, payload?.PayloadUUID];
    expect(new Set(uuids).size).toBe(2);
    for (const uuid of uuids)
      expect(uuid).toMatch(/^[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/);
    await test.close();
    test = await openTestLan({ dataDir, tlsPort: 0, networkInterfaces: at('10.0.0.9') });
    expect(await (await fetch(`${test.http}/ca.mobileconfig`)).text()).toBe(text);
  });

  it('is of another identity for another CA', async () => {
    test = await openTestLan({ dataDir, tlsPort: 0 });
    const first = await (await fetch(`${test.http}/ca.mobileconfig`)).text();
    await test.close();
    await rm(join(dataDir, 'tls'), { recursive: true });
    test = await openTestLan({ dataDir, tlsPort: 0 });
    const second = await (await fetch(`${test.http}/ca.mobileconfig`)).text();
    const marks = [first, second].map((text) => /perch\.hub\.[0-9a-f]{12}/.exec(text)?.[0]);
    expect(new Set(marks).size).toBe(2);
  });
});

describe('a sealed key', () => {
  it('is sealed from the first start with a keychain, and a plain one at the next', async () => {
    test = await openTestLan({ dataDir, tlsPort: 0 });
    const { caFingerprint } = test.lan;
    expect(existsSync(file('ca-key.pem'))).toBe(true);
    await test.close();
    test = await openTestLan({ dataDir, tlsPort: 0, vault });
    expect(existsSync(file('ca-key.pem'))).toBe(false);
    expect(await readFile(file('ca-key.sealed'), 'utf8')).not.toContain('PRIVATE KEY');
    expect(test.lan.caFingerprint).toBe(caFingerprint);
  });

  it('goes on headless with the certificate there is, and says what to do when another is needed', async () => {
    test = await openTestLan({ dataDir, tlsPort: 0, vault, networkInterfaces: at('192.168.1.20') });
    const { caFingerprint } = test.lan;
    await test.close();
    test = await openTestLan({ dataDir, tlsPort: 0, networkInterfaces: at('192.168.1.20') });
    expect(test.lan.caFingerprint).toBe(caFingerprint);
    expect(test.lan.certificate()?.isKeyShut).toBe(true);
    expect((await fetch(`${test.http}/health`)).status).toBe(200);
    await test.close();
    await expect(openTestLan({ dataDir, tlsPort: 0, networkInterfaces: at('10.0.0.9') })).rejects.toThrow(
      /sealed by this computer's keychain.*Start the desktop app once/,
    );
    test = await openTestLan({ dataDir, tlsPort: 0, vault, networkInterfaces: at('10.0.0.9') });
    expect(test.lan.caFingerprint).toBe(caFingerprint);
  });
});
