import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { isLoopbackAddress, plainAddress } from './ip-address';
import type { Caller } from './lan';
import { clientAddress, headerText, isFromUnknownProxy, type TrustedProxies } from './trusted-proxies';

const USER_AGENT_LENGTH = 512;

/** Who sent a request, before any key was looked at. */
export function readCaller(request: IncomingMessage, proxies: TrustedProxies): Caller {
  const address = clientAddress(request, proxies);
  const userAgent = headerText(request, 'user-agent').slice(0, USER_AGENT_LENGTH);
  return {
    address,
    userAgent: userAgent === '' ? null : userAgent,
    identity: null,
    isLoopback: isLoopbackAddress(address) && !isFromUnknownProxy(request, proxies),
    isTls: request.socket instanceof TLSSocket || isTlsAtProxy(request, proxies),
    localAddress: plainAddress(request.socket.localAddress ?? ''),
  };
}

function isTlsAtProxy(request: IncomingMessage, proxies: TrustedProxies): boolean {
  if (!proxies.isTrusted(plainAddress(request.socket.remoteAddress ?? ''))) return false;
  // The last one is the word of the proxy we trust; those before it came from its client.
  return headerText(request, 'x-forwarded-proto').split(',').at(-1)?.trim() === 'https';
}
