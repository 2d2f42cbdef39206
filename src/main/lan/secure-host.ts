import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

/** Whether a certificate holds for this name or address. */
export function holdsFor(certificate: X509Certificate, name: string): boolean {
  return (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;
}

/** Host names in a certificate (RFC 5280 section 4.2.1.6), as they stand there; of `*.example.org` nobody knows which. */
export function hostNamesIn(certificate: X509Certificate): readonly string[] {
  const names = (certificate.subjectAltName ?? '')
    .split(', ')
    .flatMap((entry) => /^DNS:([\w.-]+)$/.exec(entry)?.[1] ?? []);
  return names.map((name) => name.toLowerCase());
}

/**
 * The name under which phones have to open the secure page, with a certificate that is not ours: a public host it holds
 * for; else its first name, where it holds for no address of this laptop. Null: any address will do.
 */
export function secureHostIn(
  certificate: X509Certificate,
  publicHosts: readonly string[],
  addresses: readonly string[],
): string | null {
  const named = publicHosts.find((host) => holdsFor(certificate, host));
  if (named !== undefined) return named.toLowerCase();
  if (addresses.some((address) => holdsFor(certificate, address))) return null;
  return hostNamesIn(certificate)[0] ?? null;
}
