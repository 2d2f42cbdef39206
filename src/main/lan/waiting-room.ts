import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { CLOSE } from '../../common/wire/close-codes';
import { LIMITS } from '../../common/wire/limits';
import type { KeyCheck } from './key-check';
import type { Caller, SocketAccess } from './lan';
import { createOccupancy } from './occupancy';
import type { Seat } from './seats';
import { guardSocket } from './token-gate';
import { turnAway } from './turn-away';

/** Sockets that came without a key and have yet to show one: few, silent, for a short time. */
export interface WaitingRoom {
  readonly hasRoomFor: (caller: Caller) => boolean;
  /** `onAdmitted`: called with the caller's identity and the first message, when its token opens `access`. */
  readonly enter: (
    socket: WebSocket,
    raw: Duplex,
    caller: Caller,
    access: SocketAccess,
    onAdmitted: (caller: Caller, first: string) => void,
  ) => void;
  /** Who waits. */
  readonly waiting: () => Iterable<readonly [WebSocket, Seat]>;
  /** Sends everyone home with 1001. */
  readonly close: () => void;
}

export function createWaitingRoom(keyCheck: KeyCheck, firstMessageMs: number): WaitingRoom {
  const waiting = new Map<WebSocket, Seat>();
  const occupancy = createOccupancy();
  return {
    hasRoomFor: ({ address }) =>
      occupancy.total < LIMITS.unauthorizedSockets &&
      occupancy.ofAddress(address) < LIMITS.unauthorizedSocketsPerAddress,
    enter: (socket, raw, caller, access, onAdmitted) => {
      const leave = (): void => {
        if (waiting.delete(socket)) occupancy.remove(caller.address);
      };
      occupancy.add(caller.address);
      waiting.set(socket, { address: caller.address, raw, identity: null });
      socket.once('close', leave);
      let admitted = caller;
      guardSocket(socket, raw, {
        firstMessageMs,
        tryToken: (token) => {
          if (token === null) return Promise.resolve(false);
          const result = keyCheck.check(token, access, caller);
          if (result.verdict === 'unauthorized') return result.answerAt.then(() => false);
          if (result.verdict !== 'pass') return Promise.resolve(false);
          admitted = { ...caller, identity: result.identity };
          return true;
        },
        onAdmitted: (first) => {
          leave();
          onAdmitted(admitted, first);
        },
      });
    },
    waiting: () => waiting,
    close: () => {
      for (const [socket, { raw }] of waiting) turnAway(socket, raw, CLOSE.goingAway, '');
    },
  };
}
