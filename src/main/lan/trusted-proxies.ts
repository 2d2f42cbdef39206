import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { plainAddress } from './ip-address';

/** The proxies whose word about their clients is believed. */
export interface TrustedProxies {
  isTrusted(address: string): boolean;
}

/** @throws Error when an entry is neither an address nor a subnet. */
export function createTrustedProxies(entries: readonly string[]): TrustedProxies {
  const list = new BlockList();
  for (const entry of entries) addEntry(list, entry);
  return {
    isTrusted: (address) => {
      const version = isIP(address);
      return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6');
    },
  };
}

function addEntry(list: BlockList, entry: string): void {
  const [address = '', bits] = entry.split('/');
  const version = isIP(address);
  const size = bits === undefined ? (version === 4 ? 32 : 128) : Number(bits);
  if (version === 0 || !Number.isInteger(size) || size < 0 || size > (version === 4 ? 32 : 128)) {
    throw new Error(`A trusted proxy is an address or a subnet such as 10.0.0.0/8, not "${entry}".`);
  }
  list.addSubnet(address, size, version === 4 ? 'ipv4' : 'ipv6');
}

/**
 * The client's address: the last hop of `X-Forwarded-For` that is no trusted proxy, read from the near end, since
 * everything before it could be invented.
 */
export function clientAddress(request: IncomingMessage, proxies: TrustedProxies): string {
  let address = plainAddress(request.socket.remoteAddress ?? '');
  const hops = headerText(request, 'x-forwarded-for').split(',');
  while (hops.length > 0 && proxies.isTrusted(address)) {
    const hop = plainAddress((hops.pop() ?? '').trim());
    if (isIP(hop) === 0) break;
    address = hop;
  }
  return address;
}

/** Whether a proxy that nobody vouched for passed this on: its client is anyone. */
export function isFromUnknownProxy(request: IncomingMessage, proxies: TrustedProxies): boolean {
  const peer = plainAddress(request.socket.remoteAddress ?? '');
  return ['x-forwarded-for', 'forwarded'].some((name) => name in request.headers) && !proxies.isTrusted(peer);
}

/** A header as one string; repeated ones joined with a comma (RFC 9110 section 5.3). */
export function headerText(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : (value ?? '');
}
