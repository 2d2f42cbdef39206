import type { SeqRange } from '../model/delivery';
import type { JsonObject } from '../model/frame';

/** First message of a phone; optional. */
export interface Handshake {
  readonly type: 'handshake';
  readonly client?: string;
  readonly version?: string;
  readonly timestamp?: string | number;
  /** Persisted by the phone, 1 to 128 printable characters. */
  readonly deviceId?: string;
  readonly username?: string;
  /** A key, when it is in neither URL nor header. */
  readonly token?: string;
  readonly platform?: string;
  /** 1: the phone understands `config`, `request`, `message` and `kicked`. */
  readonly protocol?: number;
  /** Asks for a device key. */
  readonly pair?: boolean;
  /** The colour its carrier chose, 0 to 9 (COLOUR_COUNT); others ignore it. */
  readonly colour?: number;
}

/** 1 to 200 frames of one boot. */
export interface BatchMessage {
  readonly type: 'batch';
  readonly boot: string;
  readonly frames: readonly { readonly seq: number; readonly data: JsonObject }[];
  /** false: backfill from the queue. */
  readonly live?: boolean;
}

/** What a phone tells of itself, apart from frames. Null: it did not say. */
export interface PhoneStatus {
  /** 0 to 1. */
  readonly battery: number | null;
  readonly charging: boolean | null;
  readonly visibility: 'visible' | 'hidden' | null;
  /** Frames on the phone that no ack came for. */
  readonly queued: number | null;
  /** Frames captured, as the phone counts them. */
  readonly captured: number | null;
}

/** The four time stamps of a round trip that is over (RFC 5905, section 8), ms: t0 and t3 by the phone, t1 and t2 by the hub. */
export interface RoundTrip {
  readonly t0: number;
  readonly t1: number;
  readonly t2: number;
  readonly t3: number;
}

/** What the operator may ask of a phone. */
export const PHONE_REQUESTS = ['photo', 'check-in', 'locate', 'share'] as const;

/** One of those above. */
export type PhoneRequest = (typeof PHONE_REQUESTS)[number];

/** Answers a handshake. */
export interface Welcome {
  readonly type: 'welcome';
  readonly clientId: string;
  readonly message: 'Connected to multi-user server';
  /** Hub clock, RFC 3339. */
  readonly serverTime: string;
  /** The hub's own id of the device. */
  readonly deviceId: string;
  /** Only when asked for by `pair: true`. */
  readonly deviceKey?: string;
  readonly sessionId: string;
  readonly hubId: string;
  /** IP addresses under which this hub may be reached, best first, then host names; no port. */
  readonly addresses: readonly string[];
  readonly state: 'active' | 'pending';
  readonly protocol: 1;
}

/** Answers one `data` message, after the commit. */
export interface DataAck {
  readonly type: 'ack';
  /** Hub clock, RFC 3339. */
  readonly timestamp: string;
  /** The `id` of the frame, or null. */
  readonly received: string | number | null;
  readonly clientId: string;
  readonly boot?: string;
  readonly seq?: number;
}

/** Answers one `batch`, after the commit. */
export interface BatchAck {
  readonly type: 'ack';
  readonly timestamp: string;
  readonly clientId: string;
  readonly boot: string;
  /** Every seq of this boot up to it is settled or dropped; 0 when none is. */
  readonly upTo: number;
  /** Of this batch: stored, duplicate or refused. */
  readonly settled: readonly SeqRange[];
  readonly stored: number;
  readonly duplicates: number;
  readonly refused: readonly RefusedFrame[];
}

/** A frame of a batch that will never be stored: sending it again is pointless. */
export interface RefusedFrame {
  /** null: it had none that could be read; the message names its place in `frames`. */
  readonly seq: number | null;
  readonly code: IngestErrorCode;
  readonly message: string;
}

/** Why a message was refused. */
export type IngestErrorCode =
  | 'invalid_json'
  | 'invalid_message'
  | 'invalid_frame'
  | 'unknown_type'
  | 'rate_limited'
  | 'too_large'
  | 'storage_unavailable'
  | 'unauthorized'
  | 'pending_approval';

/** Answers a message that was refused: nothing of it is stored, the connection lives. */
export interface IngestError {
  readonly type: 'error';
  readonly code: IngestErrorCode;
  readonly message: string;
  /** The `id` of the frame, when it could be read. */
  readonly received?: string | number | null;
  readonly boot?: string;
  readonly seq?: number;
  /** When to try again, ms from now. */
  readonly retryAfterMs?: number;
}

/** Sent to every socket when the hub stops. */
export interface ServerShutdown {
  readonly type: 'server_shutdown';
}

/** Answers a `ping` at once; all times ms since the epoch. */
interface Pong {
  readonly type: 'pong';
  readonly t0: number;
  readonly t1: number;
  readonly t2: number;
}

/** The operator asks for something. Like the next two only to a phone whose handshake said `protocol: 1`. */
interface OperatorRequest {
  readonly type: 'request';
  readonly id: string;
  readonly what: PhoneRequest;
}

/** The operator writes. Comes again after a reconnect until the phone has said `read` or `reply`. */
interface OperatorMessage {
  readonly type: 'message';
  readonly id: string;
  /** 1 to 2,000 characters. */
  readonly text: string;
}

/** Sensors a phone can be told to read. Battery and status are always told. */
export const PHONE_SENSORS = ['gps', 'orientation', 'motion'] as const;

/** One of those above. */
export type PhoneSensor = (typeof PHONE_SENSORS)[number];

/**
 * How the operator wants phones to send. Comes after `welcome` and again when it changes; a phone may send less often
 * (weak link, low battery), never more. Photos and notes that the carrier makes are always sent.
 */
export interface PhoneConfig {
  readonly type: 'config';
  /** Between two frames at the least, ms, 100 to 60,000. */
  readonly intervalMs: number;
  /** Those to read; the others are left out. */
  readonly sensors: readonly PhoneSensor[];
  readonly media: {
    /** The longer side of a photo, px, 320 to 8,192. */
    readonly photoSidePx: number;
    /** The longest audio note, s, 5 to 300. */
    readonly audioSeconds: number;
  };
}

/** `revoked`: its keys were taken back; `erased`: its data was erased; `declined`: it was not let in. */
export type KickCode = 'revoked' | 'erased' | 'declined';

/** The operator removes the phone; the socket is closed with 4003 after it. */
interface KickedMessage {
  readonly type: 'kicked';
  readonly reason: string;
  /** Why the hub says so by itself, for a phone to say in its own language; absent: the operator wrote `reason`. */
  readonly code?: KickCode;
}

/** What the operator sends to phones. */
export type OperatorToPhone = OperatorRequest | OperatorMessage | KickedMessage | PhoneConfig;

/** What the hub sends to a phone. */
export type HubToPhone = Welcome | DataAck | BatchAck | IngestError | ServerShutdown | Pong | OperatorToPhone;
