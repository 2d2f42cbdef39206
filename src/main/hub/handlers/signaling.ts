import { HubError } from '../../../common/contract/errors';
import type { signalingRequests } from '../../../common/contract/requests/signaling';
import type { HandlersOf, HubConnection } from '../../../common/contract/server';
import type { NetworkAddress, NetworkAddressKind } from '../../../common/model/network-address';
import type { Transport } from '../../../common/rpc/transport';
import type { RoomPeer, Signaling } from '../../signaling';

/** One control room's place at `/signaling`. */
export class ConsolePeer {
  readonly #signaling: Signaling;
  readonly #connection: HubConnection;
  readonly #transport: Transport;
  #peer: RoomPeer | null = null;

  constructor(signaling: Signaling, connection: HubConnection, transport: Transport) {
    this.#signaling = signaling;
    this.#connection = connection;
    this.#transport = transport;
  }

  join(): RoomPeer {
    this.leave();
    this.#peer = this.#signaling.join({
      send: (message) => this.#connection.emit('signaling.message', { message }),
      bufferedBytes: () => this.#transport.bufferedBytes,
    });
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

/** @param addresses of this laptop; none until the hub listens */
export function signalingHandlers(
  place: ConsolePeer,
  addresses: () => readonly NetworkAddress[],
): HandlersOf<typeof signalingRequests> {
  return {
    'signaling.join': () => {
      const { peerId, peers } = place.join();
      return {
        peerId,
        peers: peers.map((peer) => ({ deviceId: null, fromAddress: null, toAddress: null, ...peer })),
        offLan: offLan(addresses()),
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

const OFF_LAN: readonly NetworkAddressKind[] = ['vpn', 'virtual'];
const NOWHERE: readonly NetworkAddressKind[] = [...OFF_LAN, 'link-local', 'loopback'];

/** What `signaling.join` calls so. */
export function offLan(addresses: readonly NetworkAddress[]): string[] {
  if (addresses.every(({ kind }) => NOWHERE.includes(kind))) return [];
  return addresses.filter(({ kind }) => OFF_LAN.includes(kind)).map(({ address }) => address);
}
