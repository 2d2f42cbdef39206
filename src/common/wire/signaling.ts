import type { ShareKind } from '../model/share';

/** Limits of `/signaling` (docs/wire-protocol.md, section 6). */
export const SIGNALING_LIMITS = {
  /** Bytes of a message that is relayed; longer: `too_large`. */
  messageBytes: 256 * 1024,
  /** Bytes of a message over which the socket is closed with 1009. */
  socketMessageBytes: 1024 * 1024,
  /** What a client may send, a second and at once; over it messages are dropped. */
  messagesPerSecond: 200,
  bytesPerSecond: 1024 * 1024,
  /** `hello`s of a client, a second and at once: each is answered with all peers, and told to who watches. */
  hellosPerSecond: 5,
  /** Bytes not yet taken by a peer over which it is closed with 1013. */
  unsentBytes: 4 * 1024 * 1024,
  /** Candidates kept beside the last broadcast offer of a client, and bytes of one. */
  candidates: 64,
  candidateBytes: 4 * 1024,
  /** `m=` sections of an SDP from a WHIP sender or from our own pages: a share has two. */
  mediaSections: 8,
  /** Bytes kept of all clients together; over it the oldest offer is no longer replayed. */
  keptBytes: 32 * 1024 * 1024,
  /** Depth of nesting of a message. */
  depth: 64,
  /** Characters of `name` in a `hello`. */
  nameLength: 64,
} as const;

/** What a peer came for: to share its screen or camera, or to watch. */
export type PeerRole = 'sharer' | 'viewer';

/** One client of `/signaling`, as `peers` and `peer-joined` tell of it. */
export interface Peer {
  readonly peerId: string;
  /** Null: a plain client, which never said `hello`; only operators are told of those. */
  readonly role: PeerRole | null;
  /** What it calls itself, hostile text of up to 64 characters; null when it did not say. */
  readonly name: string | null;
  /** Null: not a sharer, or it did not say. */
  readonly kind: ShareKind | null;
  /** How its share comes: `whip` peers are HTTP senders that wait for a full answer (RFC 9725). */
  readonly source: 'webrtc' | 'whip';
  /** It came with a viewer or admin key, or is a control room. */
  readonly operator: boolean;
  /** It is the operator's own: it came with an admin key, not with a viewer's. Only operators are told: left out for others. */
  readonly admin?: boolean;
  /** The hub's own id of the phone; null when its key says none. Only operators are told: left out for others. */
  readonly deviceId?: string | null;
  /** Its IP address; null for a control room. Only operators are told: left out for others. */
  readonly fromAddress?: string | null;
  /** The laptop's IP address it came to; null for a control room. Only operators are told: left out for others. */
  readonly toAddress?: string | null;
}

/** Opts in to `peers`, `peer-joined` and `peer-left`. Saying it again changes what it said. */
export interface SignalingHello {
  readonly type: 'hello';
  readonly role: PeerRole;
  readonly name?: string;
  readonly kind?: ShareKind;
  /** A key, when it is in neither URL nor header and this is the first message. */
  readonly token?: string;
}

/** Why a message was not relayed. */
export type SignalingErrorCode =
  | 'invalid_json'
  | 'invalid_message'
  | 'reserved_type'
  | 'unknown_peer'
  | 'too_large'
  | 'rate_limited'
  /** To a control room only: it took nothing for too long and is no peer any more; it may join again. */
  | 'too_slow';

/** A message of the hub's own. Everything else that comes is another client's, with its `from`. */
export type HubSignal =
  | {
      readonly type: 'connected';
      readonly message: 'Connected to signaling server';
      readonly clientsCount: number;
      readonly peerId: string;
    }
  /** All others that the receiver is told of; after each `hello`. */
  | { readonly type: 'peers'; readonly peers: readonly Peer[] }
  /** A new peer, or a known one that said something new of itself. */
  | ({ readonly type: 'peer-joined' } & Peer)
  | { readonly type: 'peer-left'; readonly peerId: string }
  /** To control rooms only, and without `from`: somebody has answered the broadcast offer of this peer. */
  | { readonly type: 'answered'; readonly peerId: string }
  | { readonly type: 'error'; readonly code: SignalingErrorCode; readonly message: string; readonly to?: string }
  | { readonly type: 'server_shutdown' };

/** Types that only the hub sends: from a client they are a `reserved_type`. */
export const RESERVED_TYPES: readonly string[] = [
  'connected',
  'peers',
  'peer-joined',
  'peer-left',
  'server_shutdown',
  'error',
] satisfies HubSignal['type'][];
