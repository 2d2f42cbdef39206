import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { judgeKeyless } from './access';
import type { OwnHosts } from './host-check';
import type { KeyCheck } from './key-check';
import { keyInRequest } from './key-in-request';
import type { Caller, LanLog, LanOptions, SocketEndpoint } from './lan';
import { REFUSALS, refuseUpgrade } from './refusal';
import type { Seats } from './seats';
import { createWaitingRoom, type WaitingRoom } from './waiting-room';

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
  /** The sockets that have not shown a key yet. */
  readonly waiting: WaitingRoom['waiting'];
  /** Ends them. */
  readonly closeWaiting: () => void;
}

interface Door {
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
  const waitingRoom = createWaitingRoom(parts.keyCheck, parts.firstMessageMs);
  const onUpgrade: SocketDoor['onUpgrade'] = (request, raw, head, caller) => {
    const { path, suffix } = splitTarget(request.url ?? '/');
    const door = doors.get(path);
    if (door === undefined) {
      refuseUpgrade(raw, REFUSALS.notFound);
      return;
    }
    const { access } = door.endpoint;
    const isForeignPage = isForeign(request, caller, parts);
    if (access === 'console' && isForeignPage) {
      refuseUpgrade(raw, REFUSALS.foreignOrigin);
      return;
    }
    const knock: Knock = { request, raw, head, caller };
    const key = keyInRequest({ headers: request.headers, url: request.url ?? '', suffix });
    if (key !== null) knockWithKey(door, knock, key, parts);
    else if (judgeKeyless(access, caller, parts.options.access, true, isForeignPage) === 'pass') {
      open(door, knock, parts, (socket) => seat(door, socket, raw, caller, null, parts));
    } else knockWithoutKey(door, knock, waitingRoom, parts);
  };
  return {
    add: (path, endpoint) => {
      if (!/^\/[a-z-]+$/.test(path)) throw new Error(`A socket path is one segment such as /dashboard, not "${path}".`);
      if (doors.has(path)) throw new Error(`The socket path ${path} is taken.`);
      doors.set(path, { endpoint, server: createServer(endpoint.maxMessageBytes ?? parts.options.maxMessageBytes) });
    },
    paths: () => [...doors.keys()],
    onUpgrade,
    waiting: waitingRoom.waiting,
    closeWaiting: waitingRoom.close,
  };
}

function createServer(maxPayload: number): WebSocketServer {
  const serverOptions = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload,
    closeTimeout: CLOSE_TIMEOUT_MS,
  };
  return new WebSocketServer(serverOptions);
}

function knockWithKey(door: Door, knock: Knock, key: string, parts: SocketDoorParts): void {
  const { raw, caller } = knock;
  const result = parts.keyCheck.check(key, door.endpoint.access, caller);
  switch (result.verdict) {
    case 'unauthorized':
      void result.answerAt.then(() => refuseUpgrade(raw, REFUSALS.unauthorized));
      return;
    case 'forbidden':
      refuseUpgrade(raw, REFUSALS.forbidden);
      return;
    case 'pass': {
      const known: Caller = { ...caller, identity: result.identity };
      open(door, knock, parts, (socket) => seat(door, socket, raw, known, null, parts));
    }
  }
}

function knockWithoutKey(door: Door, knock: Knock, waitingRoom: WaitingRoom, parts: SocketDoorParts): void {
  const { raw, caller } = knock;
  if (!waitingRoom.hasRoomFor(caller)) {
    refuseUpgrade(raw, REFUSALS.tooManyWaiting);
    return;
  }
  open(door, knock, parts, (socket) => {
    waitingRoom.enter(socket, raw, caller, door.endpoint.access, (known, first) =>
      seat(door, socket, raw, known, first, parts),
    );
  });
}

function open(door: Door, knock: Knock, parts: SocketDoorParts, onSocket: (socket: WebSocket) => void): void {
  const { address } = knock.caller;
  door.server.handleUpgrade(knock.request, knock.raw, knock.head, (socket) => {
    socket.on('error', errorLogger(parts.log, address));
    onSocket(socket);
  });
}

/**
 * A broken frame or connection is the peer's fault and ends in `close`; without a listener it would end us. Made apart, so
 * that all a socket keeps for it is the address.
 */
function errorLogger(log: LanLog, address: string): (error: Error) => void {
  return (error) => log.debug({ address, error: error.message }, 'socket error');
}

function seat(
  door: Door,
  socket: WebSocket,
  raw: Duplex,
  caller: Caller,
  first: string | null,
  parts: SocketDoorParts,
): void {
  const { endpoint } = door;
  if (parts.seats.take(socket, raw, caller, endpoint.access === 'console')) endpoint.onOpen(socket, caller, first, raw);
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
