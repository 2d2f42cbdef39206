import type { Handshake, Welcome } from '../../../common/wire/ingest';
import type { Credentials } from '../identity/credentials';
import { isHubProved, isHubUp } from '../identity/hub-proof';
import type { KnownHub } from '../identity/known-hub';
import { HttpWire } from './http-wire';
import { Ladder } from './ladder';
import { Link } from './link';
import { canOpenSocket, openSocketWire } from './socket-wire';
import type { Dial } from './wire';

export interface HubLinkParts {
  readonly credentials: Credentials;
  readonly hub: KnownHub;
  /** Where the page came from. */
  readonly joined: string;
  /** Name, colour and the like; who it is comes from the credentials. */
  describe(): Pick<Handshake, 'client' | 'version' | 'username' | 'colour'>;
  welcomed(welcome: Welcome, dial: Dial): void;
  /** How often a socket is tried while there is none, ms. Default 60,000. */
  readonly climbMs?: number;
  /** As of a link. */
  readonly backOff?: (attempt: number) => number;
}

const PROBE_MS = 6_000;

/** The link of a phone page to its hub, over whichever way there is. */
export function makeHubLink(parts: HubLinkParts): Link {
  const { credentials, hub, joined, climbMs, backOff } = parts;
  const sender = { deviceId: credentials.deviceId, token: () => credentials.token };
  const ladder = new Ladder({
    joined,
    memory: hub,
    isUp: isHubUp,
    canOpenSocket: (origin) => canOpenSocket(origin, PROBE_MS),
    isProved: (origin) => {
      const { hubId, deviceId } = hub;
      const { deviceKey } = credentials;
      if (hubId === null || deviceId === null) return Promise.resolve(false);
      return isHubProved(origin, { hubId, deviceId, deviceKey });
    },
    climbed: () => link.change(),
    ...(climbMs === undefined ? {} : { climbMs }),
  });
  const link = new Link({
    way: ladder,
    open: ({ origin, rung }, listener) =>
      rung === 'socket' ? openSocketWire(origin, sender, listener) : new HttpWire(origin, sender, listener),
    handshake: () => ({
      type: 'handshake',
      ...parts.describe(),
      timestamp: new Date().toISOString(),
      deviceId: credentials.deviceId,
      ...(credentials.token ? { token: credentials.token } : {}),
      platform: navigator.userAgent,
      protocol: 1,
      ...(credentials.pair ? { pair: true } : {}),
    }),
    welcomed: (welcome, dial) => {
      credentials.meet(welcome.hubId, welcome.deviceKey);
      parts.welcomed(welcome, dial);
    },
    keyRefused: () => credentials.fallBack(),
    ...(backOff ? { backOff } : {}),
  });
  return link;
}
