import { hostname } from 'node:os';
import { plainAddress } from './ip-address';

/**
 * The names this hub answers to. A page of another site that points its own name at our address (DNS rebinding) would
 * else be treated by the browser as ours.
 */
export interface OwnHosts {
  /** Whether a `Host` header, any port, is ours; `localAddress`: the address of ours this connection reached. */
  isOwnHost(hostHeader: string | undefined, localAddress: string): boolean;
  /** Whether an `Origin` is a page of this hub; `hostHeader`: a checked one of the same request. */
  isOwnOrigin(origin: string, hostHeader: string, localAddress: string): boolean;
}

/** Names of this machine as others on the network may write them. */
export function machineNames(name = hostname()): readonly string[] {
  const full = name.toLowerCase().replace(/\.$/, '');
  const short = full.split('.')[0] ?? full;
  return [...new Set([full, short, `${short}.local`])].filter((entry) => entry !== '');
}

/** What this laptop answers to over mDNS (RFC 6762), where its system does; null: it has no name a URL can hold. */
export function localName(name = hostname()): string | null {
  const short = name.toLowerCase().split('.')[0] ?? '';
  return /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(short) && short !== 'localhost' ? `${short}.local` : null;
}

/** `addresses` and `ports` are asked each time: both change while the hub runs. */
export function createOwnHosts(options: {
  readonly addresses: () => readonly string[];
  readonly ports: () => readonly number[];
  readonly publicHosts: readonly string[];
  /** Of the operator's own certificate: whoever has it owns these names. */
  readonly certificateNames?: readonly string[];
}): OwnHosts {
  const { certificateNames = [] } = options;
  const publicHosts = new Set([...options.publicHosts, ...certificateNames].map((host) => plainName(host)));
  const names = new Set(['localhost', ...machineNames(), ...publicHosts]);
  const isOwnName = (name: string, localAddress: string): boolean =>
    names.has(name) || name === localAddress || options.addresses().includes(name);
  return {
    isOwnHost: (hostHeader, localAddress) => {
      const name = hostName(hostHeader ?? '');
      return name !== null && isOwnName(name, localAddress);
    },
    isOwnOrigin: (origin, hostHeader, localAddress) => {
      const url = parseOrigin(origin);
      if (url === null) return false;
      if (url.host === hostHeader.toLowerCase()) return true;
      const name = plainName(url.hostname);
      // A proxy in front of a public name listens on a port of its own.
      if (publicHosts.has(name)) return true;
      return isOwnName(name, localAddress) && options.ports().includes(portOf(url));
    },
  };
}

const plainName = (name: string): string => plainAddress(name.trim()).replace(/\.$/, '');

/** The name in a `Host` header (RFC 9110 section 7.2); null when it is malformed. */
function hostName(header: string): string | null {
  const match = /^(\[[0-9a-f:.%a-z0-9]+\]|[^\s:/@?#[\]]+)(:\d{1,5})?$/i.exec(header.trim());
  return match?.[1] === undefined ? null : plainName(match[1]);
}

function parseOrigin(origin: string): URL | null {
  if (!/^https?:\/\//i.test(origin) || !URL.canParse(origin)) return null;
  return new URL(origin);
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}
