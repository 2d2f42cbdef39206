import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { readCaller } from './caller';
import type { OwnHosts } from './host-check';
import type { Caller, LanLog } from './lan';
import { REFUSALS, type Refusal, refuseRequest, refuseUpgrade } from './refusal';
import type { TrustedProxies } from './trusted-proxies';

/** Where what may enter goes on to. */
export interface EntranceParts {
  readonly proxies: TrustedProxies;
  readonly ownHosts: OwnHosts;
  readonly isStopping: () => boolean;
  readonly onArrival: (caller: Caller) => void;
  readonly request: (request: IncomingMessage, response: ServerResponse) => void;
  readonly upgrade: (request: IncomingMessage, raw: Duplex, head: Buffer, caller: Caller) => void;
  readonly log: LanLog;
}

/** The first look at whatever comes in on either listener: are we open, and is it us they want? */
export interface Entrance {
  readonly onRequest: (request: IncomingMessage, response: ServerResponse) => void;
  readonly onUpgrade: (request: IncomingMessage, raw: Duplex, head: Buffer) => void;
}

export function createEntrance(parts: EntranceParts): Entrance {
  const refusalOf = (request: IncomingMessage, caller: Caller): Refusal | null => {
    if (parts.isStopping()) return REFUSALS.shuttingDown;
    if (parts.ownHosts.isOwnHost(request.headers.host, caller.localAddress)) return null;
    parts.log.warn({ host: request.headers.host?.slice(0, 100), address: caller.address }, 'foreign host refused');
    return REFUSALS.foreignHost;
  };
  const onBroken = (error: Error): void => parts.log.debug({ error: error.message }, 'connection broke');
  return {
    onRequest: (request, response) => {
      const caller = readCaller(request, parts.proxies);
      const refusal = refusalOf(request, caller);
      if (refusal) {
        refuseRequest(request, response, refusal);
        return;
      }
      parts.onArrival(caller);
      parts.request(request, response);
    },
    onUpgrade: (request, raw, head) => {
      raw.on('error', onBroken);
      const caller = readCaller(request, parts.proxies);
      const refusal = refusalOf(request, caller);
      if (refusal) {
        refuseUpgrade(raw, refusal);
        return;
      }
      parts.onArrival(caller);
      parts.upgrade(request, raw, head, caller);
    },
  };
}
