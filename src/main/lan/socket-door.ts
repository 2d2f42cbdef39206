import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { CLOSE } from '../../common/wire/close-codes';
import { LIMITS } from '../../common/wire/limits';
import { judgeKeyless } from './access';
import { createOccupancy } from './connection-limits';
import type { OwnHosts } from './host-check';
import type { KeyCheck } from './key-check';
import { keyInRequest } from './key-in-request';
import type { Caller, LanLog, LanOptions, SocketEndpoint } from './lan';
import { REFUSALS, refuseUpgrade } from './refusal';
import type { Seats } from './seats';
import { guardSocket } from './token-gate';
import { turnAway } from './turn-away';

/** How long a peer may take to answer our close frame, ms. */
const CLOSE_TIMEOUT_MS = 2000;

/** What the socket door needs of its surroundings. */
export interface SocketDoorParts {
  readonly options: Pick<LanOptions, 'access' | 'allowOrigins' | 'maxMessageBytes'>;
  readonly ownHosts: OwnHosts;
  readonly keyCheck: KeyCheck;
  readonly seats: Seats;
  readonly firstMessageMs: number;
  readonly log: LanLog;
}

/** Takes upgrades whose host was checked, and opens or refuses. */
export interface SocketDoor {
  readonly add: (path: string, endpoint: SocketEndpoint) => void;
  readonly paths: () => readonly string[];
  readonly onUpgrade: (request: IncomingMessage, raw: Duplex, head: Buffer, caller: Caller) => void;
  /** Ends the sockets that have not shown a key yet. */
  readonly closeWaiting: () => void;
}

interface Door {
  readonly path: string;
  readonly endpoint: SocketEndpoint;
  readonly server: WebSocketServer;
}

interface Knock {
  readonly request: IncomingMessage;
  readonly raw: Duplex;
  readonly head: Buffer;
  readonly caller: Caller;
}

export function createSocketDoor(parts: SocketDoorParts): SocketDoor {
  const doors = new Map<string, Door>();
  const waiting = new Map<WebSocket, Duplex>();
  const waitingByAddress = createOccupancy();

  const seat = (door: Door, socket: WebSocket, raw: Duplex, caller: Caller, first: string | null): void => {
    const { endpoint } = door;
    if (!parts.seats.take(socket, raw, caller, endpoint.access === 'console')) return;
    endpoint.onOpen(socket, caller, first);
  };

  const open = (door: Door, knock: Knock, onSocket: (socket: WebSocket) => void): void => {
    const { caller } = knock;
    door.server.handleUpgrade(knock.request, knock.raw, knock.head, (socket) => {
      // A broken frame or connection is the peer's fault and ends in `close`; without a listener it would end us.
      socket.on('error', (error) => parts.log.debug({ address: caller.address, error: error.message }, 'socket error'));
      onSocket(socket);
    });
  };

  const wait = (door: Door, knock: Knock): void => {
    const { caller, raw } = knock;
    const isFull =
      waitingByAddress.total >= LIMITS.unauthorizedSockets ||
      waitingByAddress.ofAddress(caller.address) >= LIMITS.unauthorizedSocketsPerAddress;
    if (isFull) {
      refuseUpgrade(raw, REFUSALS.tooManyWaiting);
      return;
    }
    open(door, knock, (socket) => {
      const release = waitingByAddress.take(caller.address);
      const leave = (): void => {
        release();
        waiting.delete(socket);
      };
      waiting.set(socket, raw);
      socket.once('close', leave);
      let admitted = caller;
      guardSocket(socket, raw, {
        firstMessageMs: parts.firstMessageMs,
        tryToken: (token) => {
          if (token === null) return Promise.resolve(false);
          const result = parts.keyCheck.check(token, door.endpoint.access, caller);
          if (result.verdict === 'unauthorized') return result.answerAt.then(() => false);
          if (result.verdict !== 'pass') return Promise.resolve(false);
          admitted = { ...caller, identity: result.identity };
          return true;
        },
        onAdmitted: (first) => {
          leave();
          seat(door, socket, raw, admitted, first);
        },
      });
    });
  };

  const knockWithKey = (door: Door, knock: Knock, key: string): void => {
    const { raw, caller } = knock;
    const result = parts.keyCheck.check(key, door.endpoint.access, caller);
    switch (result.verdict) {
      case 'refused':
        refuseUpgrade(raw, REFUSALS.tooManyWrongKeys);
        return;
      case 'unauthorized':
        void result.answerAt.then(() => refuseUpgrade(raw, REFUSALS.unauthorized));
        return;
      case 'forbidden':
        refuseUpgrade(raw, REFUSALS.forbidden);
        return;
      case 'pass':
        open(door, knock, (socket) => seat(door, socket, raw, { ...caller, identity: result.identity }, null));
    }
  };

  return {
    add: (path, endpoint) => {
      if (!/^\/[a-z-]+$/.test(path)) throw new Error(`A socket path is one segment such as /dashboard, not "${path}".`);
      if (doors.has(path)) throw new Error(`The socket path ${path} is taken.`);
      const serverOptions = {
        noServer: true,
        clientTracking: false,
        perMessageDeflate: false,
        maxPayload: endpoint.maxMessageBytes ?? parts.options.maxMessageBytes,
        closeTimeout: CLOSE_TIMEOUT_MS,
      };
      doors.set(path, { path, endpoint, server: new WebSocketServer(serverOptions) });
    },
    paths: () => [...doors.keys()],
    onUpgrade: (request, raw, head, caller) => {
      const { path, suffix } = splitTarget(request.url ?? '/');
      const door = doors.get(path);
      if (door === undefined) {
        refuseUpgrade(raw, REFUSALS.notFound);
        return;
      }
      const knock: Knock = { request, raw, head, caller };
      const { access } = door.endpoint;
      const isForeignPage = isForeign(request, caller, parts);
      if (access === 'console' && isForeignPage) {
        refuseUpgrade(raw, REFUSALS.foreignOrigin);
        return;
      }
      const key = keyInRequest({ headers: request.headers, url: request.url ?? '', suffix });
      if (key !== null) {
        knockWithKey(door, knock, key);
        return;
      }
      const isOpen = judgeKeyless(access, caller, parts.options.access, true, isForeignPage) === 'pass';
      if (isOpen) open(door, knock, (socket) => seat(door, socket, raw, caller, null));
      else wait(door, knock);
    },
    closeWaiting: () => {
      for (const [socket, raw] of waiting) turnAway(socket, raw, CLOSE.goingAway, '');
    },
  };
}

/** `/pocket-parrot/KEY?x=1` is the path `/pocket-parrot` with a suffix. */
function splitTarget(url: string): { readonly path: string; readonly suffix: string | null } {
  const target = url.split('?', 1)[0] ?? '';
  const cut = target.indexOf('/', 1);
  if (cut < 0) return { path: target, suffix: null };
  return { path: target.slice(0, cut), suffix: target.slice(cut + 1) };
}

/** Whether a web page that is not ours, nor allowed, asks. Programs send no Origin. */
function isForeign(request: IncomingMessage, caller: Caller, parts: SocketDoorParts): boolean {
  const { origin, host = '' } = request.headers;
  if (origin === undefined || parts.options.allowOrigins.includes(origin)) return false;
  return !parts.ownHosts.isOwnOrigin(origin, host, caller.localAddress);
}
