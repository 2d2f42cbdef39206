import { X509Certificate as NodeCertificate, randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type KeptKey, keepAuthorityKey, readAuthorityKey } from './authority-key';
import { createKeyPair, type KeyPair, readKeyPair, SIGNING } from './key-pair';
import type { KeyVault } from './key-vault';
import type { LanLog } from './lan';
import { limitNames, type Permitted, readLimits } from './name-constraints';
import { readIfThere, writeWhole } from './pem-files';
import * as x509 from './x509';

const DAY_MS = 86_400_000;
const VALID_DAYS = 3650;

/** The hub's own certificate authority: phones are told once to trust it, so it is made once and kept. */
export interface CertificateAuthority {
  readonly certificate: x509.X509Certificate;
  /** To issue a leaf with. @throws Error with a sentence when the key is sealed and can't be opened here. */
  keys(): KeyPair;
  readonly isKeyShut: boolean;
  /** What it may vouch for; null: one of before there were limits, which is kept because phones trust it. */
  readonly limits: Permitted | null;
  /** As phones show it in their settings, such as `Perch hub 1a2b3c`. */
  readonly name: string;
  readonly pem: string;
  readonly der: Buffer;
  /** SHA-256 of the certificate, colon-separated upper-case hex, as phones show it in their settings. */
  readonly fingerprint: string;
}

/** Where the CA is kept, and what a new one is made of. */
export interface AuthorityOptions {
  readonly folder: string;
  /** Names and addresses that a new CA may vouch for beside the private ones. */
  readonly names: readonly string[];
  /** Null: the key is kept in a file that only its owner may read. */
  readonly vault: KeyVault | null;
  readonly nowMs: number;
  readonly log: LanLog;
}

/**
 * Reads the CA kept in the folder, or makes it.
 * @throws Error with a sentence when what is kept there is broken: replacing it silently would cost every phone its trust.
 */
export async function openAuthority(options: AuthorityOptions): Promise<CertificateAuthority> {
  const { folder, vault, log } = options;
  const certificateFile = join(folder, 'ca.pem');
  const [pem, kept] = await Promise.all([readIfThere(certificateFile), readAuthorityKey(folder, vault, log)]);
  if (pem !== null && kept.kind !== 'none') return readAuthority(pem, kept, folder);
  if (pem !== null) log.warn({ folder }, 'the key of the certificate authority is gone: a new one is made');
  return makeAuthority(options);
}

/**
 * Makes a CA in place of what is kept. Cut short, it leaves no certificate without its key, nor a pair that does not
 * belong together: the next start then makes one. @throws Error of the file system
 */
export async function makeAuthority({
  folder,
  names,
  vault,
  nowMs,
  log,
}: AuthorityOptions): Promise<CertificateAuthority> {
  const certificateFile = join(folder, 'ca.pem');
  const keys = await createKeyPair();
  const certificate = await issueAuthority(keys, names, nowMs);
  await rm(certificateFile, { force: true });
  await keepAuthorityKey(folder, keys.pem, vault, log);
  await writeWhole(certificateFile, `${certificate.toString('pem')}\n`, 0o644);
  return describe(certificate, keys);
}

async function readAuthority(
  pem: string,
  kept: Exclude<KeptKey, { readonly kind: 'none' }>,
  folder: string,
): Promise<CertificateAuthority> {
  const parsed = await parseAuthority(pem, kept).catch((error: unknown) => {
    throw new Error(
      `The hub's certificate authority in ${folder} can't be read; remove that folder to make a new one.`,
      {
        cause: error,
      },
    );
  });
  if (parsed) return parsed;
  throw new Error(
    `The certificate and the key of the authority in ${folder} don't belong together; restore or remove both.`,
  );
}

async function parseAuthority(
  pem: string,
  kept: Exclude<KeptKey, { readonly kind: 'none' }>,
): Promise<CertificateAuthority | null> {
  const certificate = new x509.X509Certificate(pem);
  if (kept.kind === 'shut') return describe(certificate, kept.sentence);
  const keys = await readKeyPair(kept.keyPem);
  const isPair = await certificate.verify({ publicKey: keys.keys.publicKey, signatureOnly: true });
  return isPair ? describe(certificate, keys) : null;
}

async function issueAuthority(
  { keys }: KeyPair,
  names: readonly string[],
  nowMs: number,
): Promise<x509.X509Certificate> {
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
      limitNames(names),
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

function describe(certificate: x509.X509Certificate, keys: KeyPair | string): CertificateAuthority {
  const pem = `${certificate.toString('pem')}\n`;
  const der = Buffer.from(certificate.rawData);
  return {
    certificate,
    keys: () => {
      if (typeof keys === 'string') throw new Error(keys);
      return keys;
    },
    isKeyShut: typeof keys === 'string',
    limits: readLimits(certificate),
    name: certificate.subjectName.getField('CN')[0] ?? 'Perch hub',
    pem,
    der,
    fingerprint: new NodeCertificate(der).fingerprint256,
  };
}
