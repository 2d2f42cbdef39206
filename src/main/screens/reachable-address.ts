import { BlockList, isIP } from 'node:net';

/** Where phones are: private, link-local, shared and loopback addresses (RFC 1918, 3927, 4193, 4291, 6598). */
const LOCAL = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
] as const) {
  LOCAL.addSubnet(network, prefix, 'ipv4');
}
LOCAL.addSubnet('fc00::', 7, 'ipv6');
LOCAL.addSubnet('fe80::', 10, 'ipv6');
LOCAL.addAddress('::1', 'ipv6');

/** `::ffff:192.0.2.1` is 192.0.2.1. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');

/**
 * Whether a connection has reached what it was meant for: the very address, or, of a name, one of the local network. Asked
 * once it is connected: what a name means may change between two look-ups.
 */
export function isMeant(host: string, remoteAddress: string | undefined): boolean {
  const remote = plain(remoteAddress ?? '');
  const family = isIP(remote);
  if (family === 0) return false;
  if (isIP(plain(host)) !== 0) return remote === plain(host);
  return LOCAL.check(remote, family === 6 ? 'ipv6' : 'ipv4');
}
