import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { CLOSE } from '../../common/wire/close-codes';
import { LIMITS } from '../../common/wire/limits';
import type { HubSignal } from '../../common/wire/signaling';
import { Outgoing } from './outgoing';
import type { Relay, RelayLog } from './relay';
import { SocketMember } from './socket-member';
import { type DeviceKey, NOT_LET_IN, REMOVED, type Standing } from './standing';

/** A name that can't be guessed: who knows it was told. */
export const newPeerId = (): string => `p_${randomBytes(10).toString('hex')}`;

/** A client as the door admitted it. */
export interface SignalingCaller {
  readonly address: string;
  readonly localAddress: string;
  /** False: nobody asked for one (open access); its first message may hold one all the same. */
  readonly hasKey: boolean;
  readonly deviceId: string | null;
  /** Which key it showed; null: none. */
  readonly keyId: string | null;
  readonly isOperator: boolean;
  readonly isAdmin: boolean;
}

/** What the clients on sockets need of their surroundings. */
export interface SocketClientsParts {
  readonly relay: Relay;
  readonly log: RelayLog;
  /** The phone a key belongs to; null: none. */
  readonly deviceOfKey: (key: string) => DeviceKey | null;
  /** Whether a phone may be here; null: one that holds no key of its own. */
  readonly standingOf: (deviceId: string | null) => Standing;
}

/** Every WebSocket of `/signaling`. */
export class SocketClients {
  readonly #parts: SocketClientsParts;
  readonly #members = new Map<WebSocket, SocketMember>();
  // The same two listeners for all: with thousands of silent clients a closure for each would be much of what they cost.
  readonly #onMessage: (this: WebSocket, data: RawData, isBinary: boolean) => void;
  readonly #onClose: (this: WebSocket) => void;
  readonly #onTooSlow = (member: SocketMember): void => this.#closed(member.socket);

  constructor(parts: SocketClientsParts) {
    this.#parts = parts;
    const members = this.#members;
    const received = (member: SocketMember, bytes: Buffer): void => this.#received(member, bytes);
    const closed = (socket: WebSocket): void => this.#closed(socket);
    this.#onMessage = function onMessage(this: WebSocket, data, isBinary) {
      const member = members.get(this);
      if (member) received(member, toText(data as Buffer, isBinary));
    };
    this.#onClose = function onClose(this: WebSocket) {
      closed(this);
    };
  }

  get count(): number {
    return this.#members.size;
  }

  /** @param first the first message, when the door read it for its key */
  open(socket: WebSocket, raw: Duplex, caller: SignalingCaller, first: string | null): void {
    const { relay, log } = this.#parts;
    const { address, localAddress, deviceId, isOperator, isAdmin } = caller;
    if (!isOperator && !this.#mayEnter(socket, deviceId)) return;
    const origin = { address, localAddress, deviceId, isOperator, isAdmin };
    const member = new SocketMember(newPeerId(), origin, socket, raw, this.#onTooSlow);
    member.keyId = caller.keyId;
    member.mayHoldKey = !caller.hasKey || first !== null;
    this.#members.set(socket, member);
    socket.on('message', this.#onMessage);
    socket.on('close', this.#onClose);
    log.info({ clientIp: address, totalClients: this.count }, 'signaling client connected');
    const connected: HubSignal = {
      type: 'connected',
      message: 'Connected to signaling server',
      clientsCount: this.count,
      peerId: member.peerId,
    };
    member.deliver(Outgoing.of(connected));
    relay.enter(member);
    if (first !== null) this.#received(member, Buffer.from(first));
  }

  /** Closes the sockets of some; for the others they are gone at once, and what they still send is not read. */
  drop(fits: (member: SocketMember) => boolean, code: number, reason: string): void {
    for (const member of [...this.#members.values()].filter(fits)) {
      member.socket.close(code, reason);
      this.#closed(member.socket);
    }
  }

  /** Says goodbye to all. */
  shutdown(): void {
    const goodbye = Outgoing.of({ type: 'server_shutdown' } satisfies HubSignal);
    for (const member of this.#members.values()) {
      member.deliver(goodbye);
      member.socket.close(CLOSE.goingAway);
    }
  }

  #received(member: SocketMember, bytes: Buffer): void {
    const { relay, deviceOfKey } = this.#parts;
    if (!member.mayHoldKey) {
      relay.receive(member, bytes);
      return;
    }
    member.mayHoldKey = false;
    const { token, rest } = readOpening(bytes);
    const shown = token === null ? null : deviceOfKey(token);
    if (shown) {
      member.origin = { ...member.origin, deviceId: shown.deviceId };
      member.keyId = shown.keyId;
      if (!this.#mayEnter(member.socket, shown.deviceId)) {
        this.#closed(member.socket);
        return;
      }
    }
    if (rest) relay.receive(member, rest);
  }

  /** False, and the socket is being closed, while the operator keeps this phone out. */
  #mayEnter(socket: WebSocket, deviceId: string | null): boolean {
    const standing = this.#parts.standingOf(deviceId);
    if (standing === 'removed') socket.close(CLOSE.kicked, REMOVED);
    if (standing === 'pending') socket.close(CLOSE.tryAgainLater, NOT_LET_IN);
    return standing === 'active';
  }

  #closed(socket: WebSocket): void {
    const member = this.#members.get(socket);
    if (!member) return;
    this.#members.delete(socket);
    this.#parts.relay.leave(member);
    const { address } = member.origin;
    this.#parts.log.info({ clientIp: address, totalClients: this.count }, 'signaling client disconnected');
  }
}

/** A text message is valid UTF-8 (`ws` checks it); of a binary one only what is goes into others' text messages. */
const toText = (data: Buffer, isBinary: boolean): Buffer => (isBinary ? Buffer.from(data.toString('utf8')) : data);

/**
 * The message that held the key. The key is for the hub alone: nobody is sent it. A `handshake` is there for nothing else.
 */
function readOpening(first: Buffer): { readonly token: string | null; readonly rest: Buffer | null } {
  const none = { token: null, rest: first };
  // The door lets no longer one through that holds a key.
  if (first.length > LIMITS.firstMessageBytes) return none;
  let value: unknown;
  try {
    value = JSON.parse(first.toString('utf8'));
  } catch {
    return none;
  }
  if (typeof value !== 'object' || value === null || !('token' in value)) return none;
  const { token, ...rest } = value;
  const isHandshake = 'type' in rest && rest.type === 'handshake';
  return {
    token: typeof token === 'string' ? token : null,
    rest: isHandshake ? null : Buffer.from(JSON.stringify(rest)),
  };
}
