import { HubError } from '../../../common/contract/errors';
import type { signalingRequests } from '../../../common/contract/requests/signaling';
import type { ConsoleRole, HandlersOf, HubConnection } from '../../../common/contract/server';
import type { RoomPeer, Signaling, SignalObject } from '../../signaling';
import { type MeteredTransport, TransportShare } from '../transport-share';

/** One control room's place at `/signaling`. */
export class ConsolePeer {
  readonly #signaling: Signaling;
  readonly #connection: HubConnection;
  readonly #transport: MeteredTransport;
  readonly #isAdmin: boolean;
  #peer: RoomPeer | null = null;

  constructor(signaling: Signaling, connection: HubConnection, transport: MeteredTransport, role: ConsoleRole) {
    this.#signaling = signaling;
    this.#connection = connection;
    this.#transport = transport;
    this.#isAdmin = role === 'operator';
  }

  join(): RoomPeer {
    this.leave();
    const share = new TransportShare(this.#transport);
    const link = {
      send: (message: SignalObject) => share.add(() => this.#connection.emit('signaling.message', { message })),
      bufferedBytes: () => share.bufferedBytes,
    };
    this.#peer = this.#signaling.join(link, this.#isAdmin);
    return this.#peer;
  }

  /** Null: it is no peer now. */
  get peer(): RoomPeer | null {
    return this.#peer?.isIn() ? this.#peer : null;
  }

  leave(): void {
    this.#peer?.leave();
    this.#peer = null;
  }
}

/** @param offLan see `signaling.join`; none until the hub listens */
export function signalingHandlers(
  place: ConsolePeer,
  offLan: () => readonly string[],
): HandlersOf<typeof signalingRequests> {
  return {
    'signaling.join': () => {
      const { peerId, peers } = place.join();
      return {
        peerId,
        peers: peers.map((peer) => ({ admin: false, deviceId: null, fromAddress: null, toAddress: null, ...peer })),
        offLan: [...offLan()],
      };
    },
    'signaling.send': ({ message }) => {
      if (!place.peer) throw new HubError('conflict', 'This control room has not joined the shares.');
      place.peer.send(message);
      return {};
    },
    'signaling.leave': () => {
      place.leave();
      return {};
    },
  };
}
