import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestLan, type TestLan } from './lan-fixture';

// What the systems of phones ask of a certificate, as published:
// - Apple 103769: "Requirements for trusted certificates in iOS 13 and macOS 10.15"
// - Apple 102028: "About upcoming limits on trusted certificates" (398 days)
// - Chrome: "Chrome Root Program Policy" and net/cert in Chromium; RFC 5280 and the CA/Browser Forum's Baseline
//   Requirements, section 7.1, which both refer to.

const DAY_MS = 86_400_000;

let dataDir: string;
let test: TestLan;
let leaf: Shown;
let ca: Shown;

/** A certificate, and how openssl prints it. */
interface Shown {
  readonly certificate: X509Certificate;
  readonly text: string;
}

function show(file: string): Shown {
  const text = execFileSync('openssl', ['x509', '-in', file, '-noout', '-text'], { encoding: 'utf8' });
  return { certificate: new X509Certificate(readFileSync(file)), text };
}

const days = ({ certificate }: Shown): number =>
  (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / DAY_MS;
const serialBytes = ({ certificate }: Shown): number => certificate.serialNumber.length / 2;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'perch-rules-'));
  test = await openTestLan({ dataDir, tlsPort: 0, publicHosts: ['hub.example'] });
  leaf = show(join(dataDir, 'tls', 'leaf.pem'));
  ca = show(join(dataDir, 'tls', 'ca.pem'));
});
afterAll(async () => {
  await test.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe('the certificate of the TLS listener', () => {
  it.each<[string, () => boolean]>([
    ['Apple 103769: a key of P-256 or more, or RSA of 2048 or more', () => leaf.text.includes('NIST CURVE: P-256')],
    ['Apple 103769: signed with SHA-2', () => /Signature Algorithm: ecdsa-with-SHA256/.test(leaf.text)],
    [
      'Apple 103769: its names are in the SAN, not only in the CN',
      () => /DNS:localhost/.test(leaf.text) && /IP Address:127\.0\.0\.1/.test(leaf.text),
    ],
    [
      'Apple 103769: extended key usage is that of a server',
      () => leaf.certificate.keyUsage.join() === '1.3.6.1.5.5.7.3.1',
    ],
    ['Apple 102028: at most 398 days; a day is left for phones whose clock is off', () => days(leaf) <= 397],
    ['valid already on a phone whose clock is behind', () => Date.parse(leaf.certificate.validFrom) < Date.now()],
    ['Chromium: version 3', () => leaf.text.includes('Version: 3 (0x2)')],
    ['Chromium: no address is written as a DNS name', () => !/DNS:\d+\.\d+\.\d+\.\d+/.test(leaf.text)],
    ['Chromium: key usage holds digital signature', () => /Key Usage: critical\s+Digital Signature\n/.test(leaf.text)],
    ['BR 7.1.2.7: no CA', () => /Basic Constraints: critical\s+CA:FALSE/.test(leaf.text)],
    [
      'BR 7.1: serial number random, positive, 20 bytes at most',
      () => serialBytes(leaf) >= 8 && serialBytes(leaf) <= 20,
    ],
    ['RFC 5280 4.2.1.1: says which key signed it', () => leaf.text.includes('X509v3 Authority Key Identifier')],
    ['Node agrees that the CA signed it', () => leaf.certificate.verify(ca.certificate.publicKey)],
    ['Node agrees that the CA issued it', () => leaf.certificate.checkIssued(ca.certificate)],
  ])('%s', (_rule, holds) => {
    expect(holds(), leaf.text).toBe(true);
  });
});

describe('the CA', () => {
  it.each<[string, () => boolean]>([
    ['P-256 and SHA-256', () => ca.text.includes('P-256') && ca.text.includes('ecdsa-with-SHA256')],
    ['RFC 5280 4.2.1.9: a CA, critical, with no CA below it', () => /critical\s+CA:TRUE, pathlen:0/.test(ca.text)],
    [
      'RFC 5280 4.2.1.3: may sign certificates and lists, and nothing else',
      () => /Key Usage: critical\s+Certificate Sign, CRL Sign\n/.test(ca.text),
    ],
    ['RFC 5280 4.2.1.10: name constraints are critical', () => ca.text.includes('X509v3 Name Constraints: critical')],
    ['permits RFC 1918 and no more of 172/8', () => ca.text.includes('IP:172.16.0.0/255.240.0.0')],
    ['permits .local', () => /Permitted:[\s\S]*DNS:local\n/.test(ca.text)],
    ['permits what the operator named', () => /Permitted:[\s\S]*DNS:hub\.example/.test(ca.text)],
    ['is long enough valid that a team need not install it anew each season', () => days(ca) > 3600],
    ['RFC 5280 4.2.1.2: has a key identifier', () => ca.text.includes('X509v3 Subject Key Identifier')],
    ['its name tells it from the CA of another hub', () => /CN ?= ?Perch hub [0-9a-f]{6}/.test(ca.text)],
  ])('%s', (_rule, holds) => {
    expect(holds(), ca.text).toBe(true);
  });
});
