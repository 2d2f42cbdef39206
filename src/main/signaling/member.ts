import type { ShareKind } from '../../common/model/share';
import type { Peer, PeerRole } from '../../common/wire/signaling';
import type { Outgoing } from './outgoing';
import type { RateGate } from './rate-gate';

/** Where a peer comes from: what its key and its connection say, not it. */
export interface PeerOrigin {
  /** Its IP address; null for a control room. */
  readonly address: string | null;
  /** Which of this laptop's addresses it came to; null for a control room. */
  readonly localAddress: string | null;
  /** The phone its key belongs to; null: the key says none. */
  readonly deviceId: string | null;
  /** It holds a viewer or admin key. */
  readonly isOperator: boolean;
  /** It holds an admin key. */
  readonly isAdmin: boolean;
}

/** What a peer said of itself, checked. */
export interface Hello {
  readonly role: PeerRole;
  readonly name: string | null;
  readonly kind: ShareKind | null;
}

/** One client of the relay, whatever it is connected by. */
export interface Member {
  readonly peerId: string;
  readonly origin: PeerOrigin;
  readonly source: 'webrtc' | 'whip';
  /** Whether messages to all are for it; a WHIP sender takes nothing but its answer. */
  readonly hearsAll: boolean;
  /** Null until it said `hello`. */
  hello: Hello | null;
  /** Made with the first message: most clients of a large event only listen. */
  gate: RateGate | null;
  /** Of its `hello`s; made with the first. */
  helloGate: RateGate | null;
  /** Never throws. A member that does not take what it gets leaves by itself. */
  deliver(outgoing: Outgoing): void;
}

/** Whether it is a control room, which has no socket and so no address; others with an operator's key are programs of others. */
export const isControlRoom = ({ origin }: Member): boolean => origin.address === null;

/** What others may know of a member. @param isOperator whether it is an operator who asks. */
export function toPeer(member: Member, isOperator: boolean): Peer {
  const { peerId, hello, source, origin } = member;
  const peer: Peer = {
    peerId,
    role: hello?.role ?? null,
    name: hello?.name ?? null,
    kind: hello?.kind ?? null,
    source,
    operator: origin.isOperator,
  };
  return isOperator
    ? {
        ...peer,
        admin: origin.isAdmin,
        deviceId: origin.deviceId,
        fromAddress: origin.address,
        toAddress: origin.localAddress,
      }
    : peer;
}
