import { X509Certificate as NodeCertificate, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createKeyPair, type KeyPair, readKeyPair, SIGNING } from './key-pair';
import type { LanLog } from './lan';
import { readIfThere, writeWhole } from './pem-files';
import * as x509 from './x509';

const DAY_MS = 86_400_000;
const VALID_DAYS = 3650;

/** The hub's own certificate authority: phones are told once to trust it, so it is made once and kept. */
export interface CertificateAuthority {
  readonly certificate: x509.X509Certificate;
  readonly keys: KeyPair;
  readonly pem: string;
  readonly der: Buffer;
  /** SHA-256 of the certificate, colon-separated upper-case hex, as phones show it in their settings. */
  readonly fingerprint: string;
}

/**
 * Reads the CA kept in `folder`, or makes it.
 * @throws Error with a sentence when what is kept there is broken: replacing it silently would cost every phone its trust.
 */
export async function openAuthority(folder: string, nowMs: number, log: LanLog): Promise<CertificateAuthority> {
  const certificateFile = join(folder, 'ca.pem');
  const keyFile = join(folder, 'ca-key.pem');
  const [pem, keyPem] = await Promise.all([readIfThere(certificateFile), readIfThere(keyFile)]);
  if (pem !== null && keyPem !== null) return readAuthority(pem, keyPem, folder);
  if (pem !== null) log.warn({ keyFile }, 'the key of the certificate authority is gone: a new one is made');

  const keys = await createKeyPair();
  const certificate = await issueAuthority(keys, nowMs);
  await writeWhole(keyFile, keys.pem, 0o600);
  await writeWhole(certificateFile, `${certificate.toString('pem')}\n`, 0o644);
  return describe(certificate, keys);
}

async function readAuthority(pem: string, keyPem: string, folder: string): Promise<CertificateAuthority> {
  const parsed = await parseAuthority(pem, keyPem).catch((error: unknown) => {
    throw new Error(
      `The hub's certificate authority in ${folder} can't be read; remove that folder to make a new one.`,
      {
        cause: error,
      },
    );
  });
  if (parsed) return parsed;
  throw new Error(`The files ca.pem and ca-key.pem in ${folder} don't belong together; restore or remove both.`);
}

async function parseAuthority(pem: string, keyPem: string): Promise<CertificateAuthority | null> {
  const keys = await readKeyPair(keyPem);
  const certificate = new x509.X509Certificate(pem);
  const isPair = await certificate.verify({ publicKey: keys.keys.publicKey, signatureOnly: true });
  return isPair ? describe(certificate, keys) : null;
}

async function issueAuthority({ keys }: KeyPair, nowMs: number): Promise<x509.X509Certificate> {
  // Two hubs' CAs on one phone are told apart by this.
  const mark = randomBytes(3).toString('hex');
  return x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: randomSerial(),
    name: `CN=Perch hub ${mark}, O=Perch`,
    notBefore: new Date(nowMs - DAY_MS),
    notAfter: new Date(nowMs + VALID_DAYS * DAY_MS),
    signingAlgorithm: SIGNING,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
}

/** RFC 5280 section 4.1.2.2: positive, at most 20 bytes. */
export function randomSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

function describe(certificate: x509.X509Certificate, keys: KeyPair): CertificateAuthority {
  const pem = `${certificate.toString('pem')}\n`;
  const der = Buffer.from(certificate.rawData);
  return { certificate, keys, pem, der, fingerprint: new NodeCertificate(der).fingerprint256 };
}
