import type { Candidate } from '../../../../../common/wire/sharing';

const isLocalName = (host: string | undefined): boolean => host?.endsWith('.local') === true;
const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/**
 * A browser hides its addresses behind names (`...local`) that only multicast DNS resolves, and many a WiFi drops that.
 * The hub knows the address: it takes the name's place.
 * @param address where the peer's socket comes from; null or loopback (the same machine resolves its own): unchanged
 */
export function withAddress(candidate: Candidate, address: string | null): Candidate {
  return { ...candidate, candidate: rewriteLine(candidate.candidate, address) };
}

/** The same for the candidates within a description. */
export function withAddresses(sdp: string, address: string | null): string {
  return sdp.replaceAll(/^a=candidate:.*$/gm, (line) => rewriteLine(line, address));
}

/** Whether a candidate is at one of these addresses. */
export function isAt(candidate: Candidate, addresses: readonly string[]): boolean {
  const address = plainForm(candidate.candidate.split(' ')[4] ?? '');
  return addresses.some((one) => plainForm(one) === address);
}

/** One spelling of each address: IPv6 has many, and a system adds its interface's name. */
function plainForm(address: string): string {
  const [bare = ''] = address.split('%');
  if (!bare.includes(':')) return bare;
  const url = `http://[${bare}]`;
  return URL.canParse(url) ? new URL(url).hostname : bare;
}

/** A description without its candidates at these addresses. */
export function withoutAddresses(sdp: string, addresses: readonly string[]): string {
  return sdp.replaceAll(/^a=(candidate:.*)\r?\n/gm, (line, candidate: string) =>
    isAt({ candidate }, addresses) ? '' : line,
  );
}

/** `candidate:foundation component transport priority address port typ ...` (RFC 8839, section 5.1). */
function rewriteLine(line: string, address: string | null): string {
  if (address === null || isLoopback(address)) return line;
  const parts = line.split(' ');
  if (!isLocalName(parts[4])) return line;
  parts[4] = address;
  return parts.join(' ');
}
