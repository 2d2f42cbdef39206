import { createPrivateKey, X509Certificate as NodeCertificate } from 'node:crypto';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { type CertificateAuthority, randomSerial } from './ca';
import { createKeyPair, type KeyPair, readKeyPair, SIGNING } from './key-pair';
import { readIfThere, writeWhole } from './pem-files';
import * as x509 from './x509';

const DAY_MS = 86_400_000;
/** Apple and Chromium take 398 days at most; less a day for phones whose clock is behind. */
const VALID_DAYS = 390;
const RENEW_BEFORE_DAYS = 30;

/** The certificate of the TLS listener with its key, PEM. */
export interface Leaf {
  readonly certificatePem: string;
  readonly keyPem: string;
  /** It was made just now in place of another. */
  readonly isRenewed?: boolean;
}

/**
 * The kept leaf when it still serves for all `names` (addresses and host names), else a new one under the kept key.
 * The file is only a cache: a broken one is replaced.
 */
export async function openLeaf(
  folder: string,
  ca: CertificateAuthority,
  names: readonly string[],
  nowMs: number,
): Promise<Leaf> {
  const certificateFile = join(folder, 'leaf.pem');
  const keyFile = join(folder, 'leaf-key.pem');
  const [kept, keptKey] = await Promise.all([readIfThere(certificateFile), readIfThere(keyFile)]);
  if (kept !== null && keptKey !== null && serves(kept, keptKey, ca, names, nowMs)) {
    return { certificatePem: kept, keyPem: keptKey };
  }
  const keys = (keptKey === null ? null : await readKeyPair(keptKey).catch(() => null)) ?? (await createKeyPair());
  const certificatePem = `${(await issueLeaf(keys, ca, names, nowMs)).toString('pem')}\n`;
  await writeWhole(keyFile, keys.pem, 0o600);
  await writeWhole(certificateFile, certificatePem, 0o644);
  return { certificatePem, keyPem: keys.pem, isRenewed: kept !== null };
}

/** Whether a leaf may go on being used: ours, for all names, and not near its end. */
function serves(
  pem: string,
  keyPem: string,
  ca: CertificateAuthority,
  names: readonly string[],
  nowMs: number,
): boolean {
  try {
    const leaf = new NodeCertificate(pem);
    return (
      leaf.verify(new NodeCertificate(ca.der).publicKey) &&
      leaf.checkPrivateKey(createPrivateKey(keyPem)) &&
      Date.parse(leaf.validFrom) <= nowMs &&
      Date.parse(leaf.validTo) - nowMs > RENEW_BEFORE_DAYS * DAY_MS &&
      names.every((name) => (isIP(name) === 0 ? leaf.checkHost(name) : leaf.checkIP(name)) !== undefined)
    );
  } catch {
    return false;
  }
}

async function issueLeaf(
  { keys }: KeyPair,
  ca: CertificateAuthority,
  names: readonly string[],
  nowMs: number,
): Promise<x509.X509Certificate> {
  const signer = ca.keys().keys;
  const alternatives = names.map(
    (name): x509.JsonGeneralName => ({ type: isIP(name) === 0 ? 'dns' : 'ip', value: name }),
  );
  return x509.X509CertificateGenerator.create({
    serialNumber: randomSerial(),
    subject: 'CN=Perch hub',
    issuer: ca.certificate.subject,
    notBefore: new Date(nowMs - DAY_MS),
    notAfter: new Date(nowMs + (VALID_DAYS - 1) * DAY_MS),
    signingAlgorithm: SIGNING,
    publicKey: keys.publicKey,
    signingKey: signer.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(alternatives),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(signer.publicKey),
    ],
  });
}
