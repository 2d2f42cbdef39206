import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isIPv4 } from 'node:net';
import { join } from 'node:path';
import { type AuthorityOptions, type CertificateAuthority, makeAuthority, openAuthority } from './ca';
import { machineNames } from './host-check';
import { isLoopbackAddress } from './ip-address';
import type { CertificateState, LanLog, LanOptions } from './lan';
import { type Leaf, openLeaf } from './leaf';
import { holdsFor, hostNamesIn, secureHostIn } from './secure-host';

/** What the TLS listener shows. */
export interface Certificates {
  /** As it now is; null with the operator's own certificate. */
  readonly authority: CertificateAuthority | null;
  /**
   * Makes a new CA in place of the one there is: phones have to trust that one anew. The leaf of before is good no more.
   * @throws Error with a sentence: the operator's own certificate, or a folder that can't be written
   */
  replaceAuthority(): Promise<void>;
  /** The certificate to serve with these addresses; the same as before when it still serves. */
  leafFor(addresses: readonly string[]): Promise<Leaf>;
  /** Names that the operator's own certificate holds for; none with a CA of ours, which vouches for the hub's own. */
  readonly ownNames: readonly string[];
  /** Whether the served certificate holds for this name of the laptop. */
  holdsFor(name: string): boolean;
  /** See {@link secureHostIn}; always null with a CA of ours. */
  secureHost(addresses: readonly string[]): string | null;
  /** Of the leaf given last; null before. */
  state(): CertificateState | null;
}

type CertificatesOptions = Pick<LanOptions, 'dataDir' | 'certFile' | 'keyFile' | 'publicHosts' | 'vault'>;

/** The hub's own CA, or the operator's own certificate. @throws Error with a sentence when that can't be read. */
export async function openCertificates(
  options: CertificatesOptions,
  now: () => number,
  log: LanLog,
): Promise<Certificates> {
  const { certFile, keyFile } = options;
  if (certFile !== undefined && keyFile !== undefined) {
    return openOwnCertificate(await readOwn(certFile, keyFile), options.publicHosts);
  }
  if (certFile !== undefined || keyFile !== undefined) {
    throw new Error('A certificate needs its key and a key its certificate: give both --cert and --key, or neither.');
  }
  return openOwnAuthority(options, now, log);
}

function openOwnCertificate(leaf: Leaf, publicHosts: readonly string[]): Certificates {
  const certificate = new X509Certificate(leaf.certificatePem);
  const secureHost = (addresses: readonly string[]): string | null =>
    secureHostIn(certificate, publicHosts, addresses.filter(isOfTheLan));
  let state: CertificateState | null = null;
  return {
    authority: null,
    replaceAuthority: () =>
      Promise.reject(new Error('The hub shows your own certificate (--cert): it has no authority.')),
    ownNames: hostNamesIn(certificate),
    holdsFor: (name) => holdsFor(certificate, name),
    secureHost,
    leafFor: (addresses) => {
      const opened = secureHost(addresses) === null ? addresses.filter((one) => isIPv4(one) && isOfTheLan(one)) : [];
      const leftOut = [...publicHosts, ...opened].filter((name) => !holdsFor(certificate, name));
      state = { isOwnAuthority: false, validToMs: validToMs(leaf), isLimited: true, isKeyShut: false, leftOut };
      return Promise.resolve(leaf);
    },
    state: () => state,
  };
}

const isOfTheLan = (address: string): boolean => !isLoopbackAddress(address);

async function openOwnAuthority(options: CertificatesOptions, now: () => number, log: LanLog): Promise<Certificates> {
  const folder = join(options.dataDir, 'tls');
  const publicHosts = options.publicHosts.map((host) => host.toLowerCase()).filter(isCertifiable);
  const bareName = machineNames().filter((name) => !name.includes('.') && isCertifiable(name));
  const vault = options.vault ?? null;
  const wanted = (): AuthorityOptions => ({ folder, names: [...bareName, ...publicHosts], vault, nowMs: now(), log });
  let authority = await openAuthority(wanted());
  const permits = (name: string): boolean => authority.limits?.permits(name) ?? true;
  const ownNames = ['localhost', ...machineNames().filter(isCertifiable), ...publicHosts];
  let state: CertificateState | null = null;
  const leafFor = async (addresses: readonly string[]): Promise<Leaf> => {
    // A browser can't open a link-local IPv6 address: it needs a zone, which no URL has.
    const names = [...new Set([...addresses.filter((address) => !address.startsWith('fe80:')), ...ownNames])];
    const leaf = await openLeaf(folder, authority, names.filter(permits), now());
    const leftOut = names.filter((name) => !permits(name)).filter((name) => isIPv4(name) || publicHosts.includes(name));
    if (leftOut.join() !== state?.leftOut.join() && leftOut.length > 0) {
      log.warn({ leftOut }, 'the certificate can not vouch for these names: phones that use them see a warning');
    }
    const isLimited = authority.limits !== null;
    const { isKeyShut } = authority;
    state = { isOwnAuthority: true, validToMs: validToMs(leaf), isLimited, isKeyShut, leftOut };
    return leaf;
  };
  return {
    get authority() {
      return authority;
    },
    replaceAuthority: async () => {
      authority = await makeAuthority(wanted());
    },
    ownNames: [],
    holdsFor: permits,
    secureHost: () => null,
    leafFor,
    state: () => state,
  };
}

const validToMs = (leaf: Leaf): number => Date.parse(new X509Certificate(leaf.certificatePem).validTo);

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
