import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CertificateAuthority, openAuthority } from './ca';
import { machineNames } from './host-check';
import type { LanLog, LanOptions } from './lan';
import { type Leaf, openLeaf } from './leaf';

/** What the TLS listener shows. */
export interface Certificates {
  /** Null with the operator's own certificate. */
  readonly authority: CertificateAuthority | null;
  /** The certificate to serve with these addresses; the same as before when it still serves. */
  leafFor(addresses: readonly string[]): Promise<Leaf>;
}

/** The hub's own CA, or the operator's own certificate. @throws Error with a sentence when that can't be read. */
export async function openCertificates(
  options: Pick<LanOptions, 'dataDir' | 'certFile' | 'keyFile' | 'publicHosts'>,
  now: () => number,
  log: LanLog,
): Promise<Certificates> {
  const { certFile, keyFile } = options;
  if (certFile !== undefined && keyFile !== undefined) {
    const leaf = await readOwn(certFile, keyFile);
    return { authority: null, leafFor: () => Promise.resolve(leaf) };
  }
  if (certFile !== undefined || keyFile !== undefined) {
    throw new Error('A certificate needs its key and a key its certificate: give both --cert and --key, or neither.');
  }
  const folder = join(options.dataDir, 'tls');
  const authority = await openAuthority(folder, now(), log);
  const ownNames = ['localhost', ...machineNames(), ...options.publicHosts].filter(isCertifiable);
  return {
    authority,
    leafFor: (addresses) => {
      // A browser can't open a link-local IPv6 address: it needs a zone, which no URL has.
      const names = [...addresses.filter((address) => !address.startsWith('fe80:')), ...ownNames];
      return openLeaf(folder, authority, [...new Set(names)], now());
    },
  };
}

/** Machine names may hold what no certificate can (RFC 5280 section 4.2.1.6 wants host name syntax). */
function isCertifiable(name: string): boolean {
  return /^[a-z0-9]([a-z0-9.:-]*[a-z0-9])?$/i.test(name) && name.length <= 253;
}

async function readOwn(certFile: string, keyFile: string): Promise<Leaf> {
  const certificatePem = await readText(certFile, 'certificate');
  const keyPem = await readText(keyFile, 'key');
  const certificate = parse(() => new X509Certificate(certificatePem), `${certFile} is no PEM certificate.`);
  const key = parse(() => createPrivateKey(keyPem), `${keyFile} is no PEM private key without a password.`);
  if (!certificate.checkPrivateKey(key)) throw new Error(`The key in ${keyFile} is not that of ${certFile}.`);
  return { certificatePem, keyPem };
}

async function readText(path: string, what: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw new Error(`The ${what} file ${path} can't be read.`, { cause: error });
  });
}

function parse<T>(read: () => T, sentence: string): T {
  try {
    return read();
  } catch (error) {
    throw new Error(sentence, { cause: error });
  }
}
