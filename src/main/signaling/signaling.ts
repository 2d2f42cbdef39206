import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { WebSocket } from 'ws';
import { CLOSE } from '../../common/wire/close-codes';
import type { HubSignal, Peer } from '../../common/wire/signaling';
import type { SignalObject } from './incoming';
import { Outgoing } from './outgoing';
import { Relay, type RelayLog } from './relay';
import { type RoomLink, RoomMember } from './room-member';
import { newPeerId, type SignalingCaller, SocketClients } from './socket-clients';
import { type DeviceKey, REMOVED, type Standing } from './standing';
import { Whip } from './whip';
import { registerWhip } from './whip-routes';

/** What signaling needs of its surroundings. */
export interface SignalingParts {
  readonly log: RelayLog;
  /** The phone a key belongs to, for sockets that hold it in their first message; null: none. */
  readonly deviceOfKey: (key: string) => DeviceKey | null;
  /** Whether a phone may be here; null: one that holds no key of its own. */
  readonly standingOf: (deviceId: string | null) => Standing;
  /** What the operator calls a phone; null: unknown. */
  readonly nameOfDevice: (deviceId: string) => string | null;
}

/** A control room that is a peer without a socket of its own. */
export interface RoomPeer {
  readonly peerId: string;
  /** All others at the moment it joined. */
  readonly peers: readonly Peer[];
  /** As if it came over a socket; errors come back by the link. */
  send(message: SignalObject): void;
  /** False after `leave`, and after it was too slow. */
  isIn(): boolean;
  /** Safe to call more than once. */
  leave(): void;
}

/** `/signaling`: who shares and who watches find each other here; the pictures themselves never pass the hub. */
export interface Signaling {
  /**
   * Takes an admitted socket. @param first the text of its first message, when the door has read it.
   * @param raw what the socket sits on: frames are written there
   */
  open(socket: WebSocket, raw: Duplex, caller: SignalingCaller, first: string | null): void;
  /** Adds `POST /whip` and what belongs to it. */
  registerHttp(http: FastifyInstance): void;
  /**
   * Joins a control room as an operator who watches. @param isAdmin false: one with a viewer's key. What it is sent comes by `link`, after the
   * current turn of the event loop.
   */
  join(link: RoomLink, isAdmin: boolean): RoomPeer;
  /** Sends a message of the hub's own to every client, control rooms too. */
  broadcastToAll(message: SignalObject): void;
  /** The operator removed a phone: its sockets are closed with 4003, its WHIP session ends. */
  dropDevice(deviceId: string): void;
  /** A key is no good any more: sockets that showed it are closed with 1008, WHIP sessions that began with it end. */
  dropKey(keyId: string): void;
  /** Sockets on `/signaling` now. */
  getClientsCount(): number;
  /** Ends WHIP senders, sends `server_shutdown` to every client and closes their sockets with 1001. */
  shutdown(): void;
}

/** Starts with nobody there. */
export function createSignaling(parts: SignalingParts): Signaling {
  const { log } = parts;
  const relay = new Relay(log);
  const clients = new SocketClients({ ...parts, relay });
  const whip = new Whip(relay);
  const rooms = new Set<RoomMember>();

  const join = (link: RoomLink, isAdmin: boolean): RoomPeer => {
    const leave = (): void => {
      member.close();
      rooms.delete(member);
      relay.leave(member);
    };
    const member = new RoomMember(newPeerId(), isAdmin, link, leave);
    rooms.add(member);
    relay.enter(member);
    const peers = relay.peersFor(member);
    relay.replayTo(member);
    // The answer to its request to join goes first.
    setImmediate(() => member.open());
    return {
      peerId: member.peerId,
      peers,
      send: (message) => relay.receiveObject(member, message),
      isIn: () => relay.isIn(member),
      leave,
    };
  };
  return {
    open: (socket, raw, caller, first) => clients.open(socket, raw, caller, first),
    registerHttp: (http) => registerWhip(http, whip, parts),
    join,
    broadcastToAll: (message) => relay.broadcastToAll(message),
    dropDevice: (deviceId) => {
      clients.drop((member) => member.origin.deviceId === deviceId, CLOSE.kicked, REMOVED);
      whip.endWhere((session) => session.deviceId === deviceId);
    },
    dropKey: (keyId) => {
      clients.drop((member) => member.keyId === keyId, CLOSE.policyViolation, 'Unauthorized');
      whip.endWhere((session) => session.keyId === keyId);
    },
    getClientsCount: () => clients.count,
    shutdown: () => {
      whip.stop();
      clients.shutdown();
      const goodbye = Outgoing.of({ type: 'server_shutdown' } satisfies HubSignal);
      for (const room of rooms) room.deliver(goodbye);
    },
  };
}
