import { BlockList, isIP } from 'node:net';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_nameConstraints,
  NameConstraints,
} from '@peculiar/asn1-x509';
import * as x509 from './x509';

/** Networks where a laptop and its phones meet; nothing of them is on the internet. */
const PRIVATE_NETWORKS = [
  '10.0.0.0/8', // RFC 1918
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10', // RFC 6598: carriers, Tailscale
  '169.254.0.0/16', // RFC 3927: no DHCP
  '127.0.0.0/8', // RFC 1122
  'fc00::/7', // RFC 4193
  'fe80::/10', // RFC 4291
  '::1/128',
];
/** `.local`: names of the link itself (RFC 6762). */
const PRIVATE_NAMES = ['local', 'localhost'];

/** What a certificate authority may vouch for (RFC 5280, section 4.2.1.10). */
export interface Permitted {
  /** Whether a certificate for this host name or address is within the limits. */
  permits(name: string): boolean;
}

/**
 * The extension that limits a CA to private networks, the machine's own names and what the operator named. A phone that
 * trusts such a CA trusts it for nothing on the internet, even if the laptop and the key in it are stolen.
 * @param names host names and addresses to permit beside
 */
export function limitNames(names: readonly string[]): x509.Extension {
  const networks = names.filter((name) => isIP(name) !== 0).map((ip) => `${ip}/${isIP(ip) === 4 ? 32 : 128}`);
  const hosts = names.filter((name) => isIP(name) === 0).map((name) => name.toLowerCase());
  const permittedSubtrees = new GeneralSubtrees([
    ...[...new Set([...PRIVATE_NETWORKS, ...networks])].map((iPAddress) => subtree({ iPAddress })),
    ...[...new Set([...PRIVATE_NAMES, ...hosts])].map((dNSName) => subtree({ dNSName })),
  ]);
  const value = AsnConvert.serialize(new NameConstraints({ permittedSubtrees }));
  return new x509.Extension(id_ce_nameConstraints, true, value);
}

const subtree = (base: Partial<GeneralName>): GeneralSubtree => new GeneralSubtree({ base: new GeneralName(base) });

/** The limits of a CA; null: it has none and may vouch for any name. @throws Error when they can't be read. */
export function readLimits(certificate: x509.X509Certificate): Permitted | null {
  const extension = certificate.getExtension(id_ce_nameConstraints);
  if (!extension) return null;
  const { permittedSubtrees } = AsnConvert.parse(extension.value, NameConstraints);
  const networks = new BlockList();
  const hosts: string[] = [];
  for (const { base } of permittedSubtrees ?? []) {
    if (base.iPAddress !== undefined) {
      const [address = '', bits] = base.iPAddress.split('/');
      networks.addSubnet(address, Number(bits), isIP(address) === 4 ? 'ipv4' : 'ipv6');
    }
    if (base.dNSName !== undefined) hosts.push(base.dNSName.toLowerCase());
  }
  return {
    permits: (name) => {
      const version = isIP(name);
      if (version !== 0) return networks.check(name, version === 4 ? 'ipv4' : 'ipv6');
      const lower = name.toLowerCase();
      return hosts.some((host) => lower === host || lower.endsWith(`.${host}`));
    },
  };
}
