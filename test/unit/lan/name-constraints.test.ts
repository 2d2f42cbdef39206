import { beforeAll, describe, expect, it } from 'vitest';
import { createKeyPair, SIGNING } from '../../../src/main/lan/key-pair';
import { limitNames, type Permitted, readLimits } from '../../../src/main/lan/name-constraints';
import * as x509 from '../../../src/main/lan/x509';

async function limitsOf(names: readonly string[] | null): Promise<Permitted | null> {
  const { keys } = await createKeyPair();
  const extensions = names === null ? [] : [limitNames(names)];
  const name = 'CN=Test';
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    signingAlgorithm: SIGNING,
    extensions,
  });
  return readLimits(new x509.X509Certificate(certificate.toString('pem')));
}

describe('what a CA may vouch for', () => {
  let limits: Permitted | null;
  beforeAll(async () => {
    limits = await limitsOf(['Annas-Laptop', 'hub.example', '203.0.113.7', '2001:db8::7']);
  });

  it.each([
    ['10.0.0.5', true],
    ['10.255.255.255', true],
    ['11.0.0.1', false],
    ['9.255.255.255', false],
    ['172.15.255.255', false],
    ['172.16.0.1', true],
    ['172.31.255.254', true],
    ['172.32.0.1', false],
    ['192.168.1.20', true],
    ['192.169.0.1', false],
    ['100.63.255.255', false],
    ['100.64.0.9', true],
    ['100.127.255.255', true],
    ['100.128.0.1', false],
    ['169.254.12.13', true],
    ['127.0.0.1', true],
    ['8.8.8.8', false],
    ['203.0.113.7', true],
    ['203.0.113.8', false],
    ['::1', true],
    ['::2', false],
    ['fd12:3456::1', true],
    ['fe80::1', true],
    ['fec0::1', false],
    ['2001:db8::7', true],
    ['2001:db8::8', false],
    ['2001:4860:4860::8888', false],
    ['localhost', true],
    ['annas-laptop', true],
    ['annas-laptop.local', true],
    ['ANNAS-LAPTOP', true],
    ['local', true],
    ['notlocal', false],
    ['hub.example', true],
    ['a.hub.example', true],
    ['evilhub.example', false],
    ['example', false],
    ['google.com', false],
    ['local.google.com', false],
    ['', false],
  ])('%s: %s', (name, isPermitted) => {
    expect(limits?.permits(name)).toBe(isPermitted);
  });

  it('is critical: who does not understand it must not trust the CA', () => {
    expect(limitNames([]).critical).toBe(true);
  });

  it('is said to be nothing for a CA without limits', async () => {
    expect(await limitsOf(null)).toBeNull();
  });
});
