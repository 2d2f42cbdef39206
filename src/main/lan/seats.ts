import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { CLOSE } from '../../common/wire/close-codes';
import { LIMITS } from '../../common/wire/limits';
import type { Heartbeat } from './heartbeat';
import type { Caller, KeyIdentity } from './lan';
import { createOccupancy } from './occupancy';
import { turnAway } from './turn-away';

/** The admitted sockets. */
export interface Seats {
  readonly count: number;
  sockets(): Iterable<WebSocket>;
  /** With whose they are. */
  readonly seated: () => Iterable<readonly [WebSocket, Seat]>;
  /** Seats a socket, or turns it away (1013) when the hub or its address is full. @returns whether it sits. */
  take(socket: WebSocket, raw: Duplex, caller: Caller, isConsole: boolean): boolean;
  /** Sends home with 1008 whoever sits there by such a key, reading nothing more of them. @returns how many */
  clear(fits: (identity: KeyIdentity, socket: WebSocket) => boolean): number;
}

/** Where a socket sits. */
export interface Seat {
  /** It is counted under. */
  readonly address: string;
  readonly raw: Duplex;
  readonly identity: KeyIdentity | null;
}

/** `maxConnections`: beside these, a few seats are kept for the operator. */
export function createSeats(maxConnections: number, heartbeat: Heartbeat): Seats {
  const taken = createOccupancy();
  const sockets = new Map<WebSocket, Seat>();
  // One for all: with thousands of silent sockets a closure for each would be much of what they cost.
  function onClose(this: WebSocket): void {
    const seat = sockets.get(this);
    if (seat === undefined) return;
    sockets.delete(this);
    taken.remove(seat.address);
    heartbeat.forget(this);
  }
  return {
    get count() {
      return taken.total;
    },
    sockets: () => sockets.keys(),
    seated: () => sockets,
    take: (socket, raw, caller, isConsole) => {
      const seats = isConsole ? maxConnections + LIMITS.operatorConnections : maxConnections;
      if (taken.total >= seats) {
        turnAway(socket, raw, CLOSE.tryAgainLater, 'The hub is full');
        return false;
      }
      if (!caller.isLoopback && taken.ofAddress(caller.address) >= LIMITS.connectionsPerAddress) {
        turnAway(socket, raw, CLOSE.tryAgainLater, 'Too many connections from this address');
        return false;
      }
      taken.add(caller.address);
      sockets.set(socket, { address: caller.address, raw, identity: caller.identity });
      socket.on('close', onClose);
      heartbeat.watch(socket, raw);
      return true;
    },
    clear: (fits) => {
      const unwanted = [...sockets].filter(([socket, { identity }]) => identity !== null && fits(identity, socket));
      for (const [socket, { raw }] of unwanted) turnAway(socket, raw, CLOSE.policyViolation, 'Unauthorized');
      return unwanted.length;
    },
  };
}
