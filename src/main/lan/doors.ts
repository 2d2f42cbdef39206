import type { FastifyInstance } from 'fastify';
import type { AddressWatch } from './address-watch';
import { readCaller } from './caller';
import { createEntrance, type Entrance } from './entrance';
import { createGuessLimiter, type GuessLimiter } from './guess-limiter';
import { createHeartbeat } from './heartbeat';
import { createOwnHosts } from './host-check';
import { createHttpDoor } from './http-door';
import { createKeyCheck } from './key-check';
import type { Arrival, Caller, LanOptions, LanTiming } from './lan';
import { keepMessageBudget, MESSAGE_LIMITS } from './message-budget';
import { createOpenRequests, type OpenRequests } from './open-requests';
import { createSeats, type Seats } from './seats';
import { createSocketDoor, type SocketDoor } from './socket-door';
import { createTrustedProxies } from './trusted-proxies';

/** What the doors need of the listeners behind which they stand. */
export interface DoorsParts {
  readonly options: LanOptions;
  readonly timing: LanTiming;
  readonly watch: AddressWatch;
  readonly ports: () => readonly number[];
  readonly isStopping: () => boolean;
  /** Of the operator's own certificate. */
  readonly certificateNames: readonly string[];
  readonly onReached: (arrival: Arrival) => void;
  readonly onWrongKey: (address: string, countInMinute: number) => void;
}

/** The way in, the same behind both listeners: entrance, then the door for requests or the one for sockets. */
export interface Doors {
  readonly entrance: Entrance;
  readonly http: FastifyInstance;
  readonly sockets: SocketDoor;
  readonly seats: Seats;
  readonly openRequests: OpenRequests;
  readonly guesses: GuessLimiter;
  /** Stops timers and lets held answers go. */
  readonly stop: () => void;
}

/** @throws Error when a trusted proxy is no address. */
export function createDoors(parts: DoorsParts): Doors {
  const { options, timing, watch } = parts;
  const { log } = options;
  const proxies = createTrustedProxies(options.trustProxies);
  const { ports, certificateNames } = parts;
  const { publicHosts } = options;
  const ownHosts = createOwnHosts({ addresses: watch.all, ports, publicHosts, certificateNames });
  const guesses = createGuessLimiter(timing.wrongKeyDelayMs, parts.onWrongKey);
  const keyCheck = createKeyCheck(options.keys, guesses);
  const heartbeat = createHeartbeat(timing.heartbeatMs);
  const seats = createSeats(options.maxConnections, heartbeat);
  const { firstMessageMs } = timing;
  const sockets = createSocketDoor({ options, ownHosts, keyCheck, seats, firstMessageMs, log });
  const { waiting } = sockets;
  const limits = { ...MESSAGE_LIMITS, ...options.messages };
  const stopBudget = keepMessageBudget({ waiting, seated: seats.seated, log }, limits);
  const openRequests = createOpenRequests();
  const http = createHttpDoor({
    options,
    openRequests,
    ownHosts,
    keyCheck,
    callerOf: (request) => readCaller(request.raw, proxies),
    socketPaths: sockets.paths,
    log,
  });
  const onArrival = (caller: Caller): void => {
    if (caller.isLoopback || watch.all().includes(caller.address)) return;
    const { localAddress, address: remoteAddress, isTls } = caller;
    parts.onReached({ localAddress, remoteAddress, isTls });
  };
  const entrance = createEntrance({
    proxies,
    ownHosts,
    isStopping: parts.isStopping,
    onArrival,
    request: (request, response) => http.routing(request, response),
    upgrade: sockets.onUpgrade,
    log,
  });
  const stop = (): void => {
    heartbeat.stop();
    stopBudget();
    guesses.stop();
  };
  return { entrance, http, sockets, seats, openRequests, guesses, stop };
}
