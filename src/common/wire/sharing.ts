import type { Peer as AnyPeer } from './signaling';

/** Half of a session description (RFC 9429, JSEP). */
export interface Description {
  readonly type: 'offer' | 'answer';
  readonly sdp: string;
}

/** RTCIceCandidateInit (W3C WebRTC). An empty `candidate` says that there are no more. */
export interface Candidate {
  readonly candidate: string;
  readonly sdpMid?: string | null;
  readonly sdpMLineIndex?: number | null;
  readonly usernameFragment?: string | null;
}

/** Somebody on `/signaling`. What only an operator is told is null for others. */
export type Peer = Required<AnyPeer>;

/** What a viewer would like to get: `height` in px and `fps` as large as it shows, both 0 for nothing just now. */
export interface Wish {
  readonly height: number;
  readonly fps: number;
  /** `snapshots`: pictures over the socket, since no video comes through. */
  readonly mode: 'video' | 'snapshots';
}

/** What comes on `/signaling`, as far as phone page and control room understand it. */
export type PeerMessage =
  | { readonly type: 'connected'; readonly peerId: string }
  | { readonly type: 'peers'; readonly peers: readonly Peer[] }
  | { readonly type: 'peer-joined'; readonly peer: Peer }
  | { readonly type: 'peer-left'; readonly peerId: string }
  /** The hub's word that the broadcast offer of this peer has its answer. */
  | { readonly type: 'answered'; readonly peerId: string }
  | {
      readonly type: 'offer' | 'answer';
      readonly from: string;
      readonly description: Description;
      /** Of our own pages: which connection it is of, for a sharer may have begun another since. */
      readonly connection: string | null;
      /** Not sent to us alone. */
      readonly isBroadcast: boolean;
      readonly isWhip: boolean;
    }
  | {
      readonly type: 'ice-candidate';
      readonly from: string;
      readonly candidate: Candidate;
      readonly connection: string | null;
    }
  | ({ readonly type: 'want'; readonly from: string } & Wish)
  | { readonly type: 'snapshot'; readonly from: string; readonly jpeg: string }
  | { readonly type: 'share-ended'; readonly from: string }
  | { readonly type: 'claimed'; readonly from: string; readonly peerId: string }
  | { readonly type: 'error'; readonly code: string; readonly message: string };

/** Limits of what our own pages exchange. */
export const SHARING = {
  /** Characters of a description: real ones have under 20,000. */
  sdpLength: 128 * 1024,
  candidateLength: 4096,
  /** Bytes of one snapshot as a JPEG: as base64 in its message it stays under the 256 KiB of a message. */
  snapshotBytes: 160 * 1024,
  /** Characters of a peer's name that are shown. */
  nameLength: 64,
} as const;

type Fields = Readonly<Record<string, unknown>>;

const textOf = (value: unknown, limit: number): string | null =>
  typeof value === 'string' && value !== '' && value.length <= limit ? value : null;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a message of `/signaling`. Null for what is not understood: peers are strangers, and some speak another way. */
export function toPeerMessage(value: unknown): PeerMessage | null {
  if (!isFields(value)) return null;
  switch (value.type) {
    case 'connected':
    case 'peers':
    case 'peer-joined':
    case 'peer-left':
    case 'error':
      return toHubMessage(value);
    case 'answered':
      // Not a reserved type: with `from` it is some client's own.
      return value.from === undefined ? toHubMessage(value) : null;
    default:
      return toRelayed(value);
  }
}

function toHubMessage(value: Fields): PeerMessage | null {
  const peerId = textOf(value.peerId, 128);
  switch (value.type) {
    case 'connected':
    case 'peer-left':
    case 'answered':
      return peerId === null ? null : { type: value.type, peerId };
    case 'peers':
      return Array.isArray(value.peers)
        ? { type: 'peers', peers: value.peers.flatMap((peer) => toPeer(peer) ?? []) }
        : null;
    case 'peer-joined': {
      const peer = toPeer(isFields(value.peer) ? value.peer : value);
      return peer && { type: 'peer-joined', peer };
    }
    default:
      return {
        type: 'error',
        code: textOf(value.code, 64) ?? '',
        message: textOf(value.message, 500) ?? '',
      };
  }
}

/** Reads one entry of `peers`; null when it has no id. */
export function toPeer(value: unknown): Peer | null {
  const peerId = isFields(value) ? textOf(value.peerId, 128) : null;
  if (!isFields(value) || peerId === null) return null;
  return {
    peerId,
    role: value.role === 'sharer' || value.role === 'viewer' ? value.role : null,
    name: typeof value.name === 'string' ? value.name.trim().slice(0, SHARING.nameLength) || null : null,
    kind: value.kind === 'screen' || value.kind === 'camera' ? value.kind : null,
    operator: value.operator === true,
    admin: value.admin === true,
    deviceId: textOf(value.deviceId, 128),
    fromAddress: textOf(value.fromAddress, 64),
    toAddress: textOf(value.toAddress, 64),
    source: value.source === 'whip' ? 'whip' : 'webrtc',
  };
}

function toRelayed(value: Fields): PeerMessage | null {
  const from = textOf(value.from, 128);
  if (from === null) return null;
  const connection = textOf(value.connection, 64);
  switch (value.type) {
    case 'offer':
    case 'answer': {
      const description = toDescription(value[value.type], value.type);
      const isBroadcast = value.to === undefined;
      const isWhip = value.source === 'whip';
      return description && { type: value.type, from, description, connection, isBroadcast, isWhip };
    }
    case 'ice-candidate': {
      const candidate = toCandidate(value.candidate);
      return candidate && { type: 'ice-candidate', from, candidate, connection };
    }
    case 'want':
      return { type: 'want', from, ...toWish(value) };
    case 'snapshot': {
      const jpeg = textOf(value.jpeg, Math.ceil(SHARING.snapshotBytes / 3) * 4);
      return jpeg === null || !/^[A-Za-z0-9+/]+={0,2}$/.test(jpeg) ? null : { type: 'snapshot', from, jpeg };
    }
    case 'share-ended':
      return { type: 'share-ended', from };
    case 'claimed': {
      const peerId = textOf(value.peerId, 128);
      return peerId === null ? null : { type: 'claimed', from, peerId };
    }
    default:
      return null;
  }
}

function toDescription(value: unknown, type: Description['type']): Description | null {
  // Plain pages send the description as the browser made it; a few send only its text.
  const sdp = textOf(isFields(value) ? value.sdp : value, SHARING.sdpLength);
  return sdp === null ? null : { type, sdp };
}

function toCandidate(value: unknown): Candidate | null {
  if (value === null) return { candidate: '' };
  if (!isFields(value) || typeof value.candidate !== 'string' || value.candidate.length > SHARING.candidateLength) {
    return null;
  }
  const { sdpMid, sdpMLineIndex, usernameFragment } = value;
  return {
    candidate: value.candidate,
    ...(typeof sdpMid === 'string' ? { sdpMid } : {}),
    ...(typeof sdpMLineIndex === 'number' ? { sdpMLineIndex } : {}),
    ...(typeof usernameFragment === 'string' ? { usernameFragment } : {}),
  };
}

const within = (value: unknown, max: number, fallback: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.min(max, Math.max(0, Math.round(value))) : fallback;

function toWish(value: Fields): Wish {
  return {
    height: within(value.height, 4320, 360),
    fps: within(value.fps, 60, 5),
    mode: value.mode === 'snapshots' ? 'snapshots' : 'video',
  };
}
