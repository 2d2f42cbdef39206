import { createHash } from 'node:crypto';
import { build } from 'plist';
import type { CertificateAuthority } from './ca';

/**
 * The CA as Apple's configuration profile (Apple, Configuration Profile Reference: Top Level, CertificateRoot). Its
 * identifiers follow from the CA, so that a phone that installs it twice has it once.
 */
export function mobileConfig(authority: Pick<CertificateAuthority, 'der' | 'name'>): string {
  const mark = createHash('sha256').update(authority.der).digest('hex').slice(0, 12);
  const explanation =
    'Lets this phone open the pages of this Perch hub, so that position, camera and motion work. It vouches for no site on the internet. Remove it when you no longer take part.';
  return build({
    PayloadContent: [
      {
        PayloadCertificateFileName: 'perch-ca.crt',
        PayloadContent: authority.der,
        PayloadDescription: explanation,
        PayloadDisplayName: authority.name,
        PayloadIdentifier: `perch.hub.${mark}.ca`,
        PayloadType: 'com.apple.security.root',
        PayloadUUID: stableUuid(authority.der, 'ca'),
        PayloadVersion: 1,
      },
    ],
    PayloadDescription: explanation,
    PayloadDisplayName: authority.name,
    PayloadIdentifier: `perch.hub.${mark}`,
    PayloadOrganization: 'Perch',
    PayloadRemovalDisallowed: false,
    PayloadType: 'Configuration',
    PayloadUUID: stableUuid(authority.der, 'profile'),
    PayloadVersion: 1,
  });
}

/** A UUID of version 8 (RFC 9562 section 5.8): the same for the same CA. */
function stableUuid(der: Buffer, part: string): string {
  const bytes = createHash('sha256').update(der).update(part).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex').toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
