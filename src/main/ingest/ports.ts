import type { AppendOutcome, Receipt, SeqRange } from '../../common/model/delivery';
import type { FrameSource } from '../../common/model/frame';
import type { PhoneStatus } from '../../common/wire/ingest';
import { ProtocolError } from '../../common/wire/protocol-error';
import type { ParsedFrame } from './frame-parser';

/** What a connection says about whose it is. */
export interface Claim {
  /** The device its key belongs to; null for a join key or none. */
  readonly keyDeviceId: string | null;
  /** That key is a personal one: it is on paper, and anyone may have copied it. */
  readonly isPersonalKey?: boolean;
  readonly externalId: string | null;
  readonly username: string | null;
  readonly platform: string | null;
  /** The colour its carrier chose; absent or null: none. */
  readonly colour?: number | null;
  readonly address: string;
  readonly userAgent: string | null;
}

/** The device a connection was found to be. */
export interface Admission {
  readonly deviceId: string;
  readonly name: string;
  /** What the wire calls it: the phone's own id, `user_NAME`, or `user_MS_RANDOM`. */
  readonly clientId: string;
  /** Flags of every frame of this connection, such as `guessed_device`. */
  readonly flags: readonly string[];
  /** True when known by key or persistent id: a second socket then replaces the first. */
  readonly isExclusive: boolean;
}

/** Who was turned away. */
export type TurnedAway = Pick<Admission, 'deviceId' | 'name'>;

/** The operator removed this device, and it comes back too soon. */
export class KickedError extends ProtocolError {
  readonly device: TurnedAway;
  constructor(device: TurnedAway) {
    super('unauthorized', 'the operator removed this phone; it may come back later');
    this.name = 'KickedError';
    this.device = device;
  }
}

/** Which device is which. Owned by the hub. */
export interface DeviceDirectory {
  /** Finds or makes the device and counts one live connection more; `release` ends that. @throws KickedError */
  admit(claim: Claim): Admission;
  release(deviceId: string): void;
  /** `pending`: nothing it sends may be stored before the operator has let it in. */
  stateOf(deviceId: string): 'active' | 'pending';
  /** Makes and keeps a device key. @returns the key once it is durable. */
  issueKey(deviceId: string): Promise<string>;
  /** The device a key belongs to; null for a key of another kind or none. */
  deviceOfKey(key: string): string | null;
  /** Whether this is a personal key: made for a person, not issued to a phone. */
  isPersonalKey(key: string): boolean;
}

/** A frame on its way to the log. */
export interface AcceptedFrame {
  readonly deviceId: string;
  readonly source: FrameSource;
  readonly boot: string | null;
  readonly seq: number | null;
  readonly capturedAtMs: number | null;
  /** SHA-256 (hex) of the item, from senders that do not number: with device, source and capturedAtMs it is stored once. */
  readonly itemHash?: string | null;
  /** Sent late, out of the phone's queue. */
  readonly isBackfill?: boolean;
  /** Flags of the connection; those of the frame are in `parsed`. */
  readonly flags: readonly string[];
  readonly parsed: ParsedFrame;
}

/** What bounds the clock of a phone. */
export interface ClockSample {
  /** The phone is ahead of the hub by no less and no more, ms. */
  readonly lowerMs: number;
  readonly upperMs: number;
  /** All four time stamps are known; else the upper bound supposes that the way up took no longer than a round trip. */
  readonly isExact: boolean;
}

/** What became of a batch. */
interface BatchOutcome {
  readonly outcomes: readonly AppendOutcome[];
  /** All seqs of this boot up to it are settled or dropped. */
  readonly upTo: number;
}

/** The way into the log. It is told after the fsync what was stored, else ProtocolError `storage_unavailable`. */
export interface FrameSink {
  append(frame: AcceptedFrame, receipt: Receipt): void;
  appendBatch(
    frames: readonly AcceptedFrame[],
    boot: string,
    refusedSeqs: readonly number[],
    deviceId: string,
  ): Promise<BatchOutcome>;
  /** Settles what a phone gave up. @returns upTo, see {@link BatchOutcome}. */
  recordDropped(ranges: readonly SeqRange[], boot: string, deviceId: string): Promise<number>;
  /** True while more waits for the disk than the limits allow. */
  isSaturated(): boolean;
  /** Calls the listener each time that ends. */
  onDrain(listener: () => void): void;
}

/** What ingest tells the hub of whoever sends. */
export interface SenderObserver {
  connected(connection: ConnectionInfo): void;
  /** It is known which device it is. */
  admitted(connection: ConnectionInfo): void;
  handshaken(connection: ConnectionInfo, client: string | null): void;
  disconnected(connection: ConnectionInfo): void;
  /** @param frames refused with it; 0: a message that is none. Absent: 1. */
  refused(connection: ConnectionInfo, code: string, frames?: number): void;
}

/** What ingest tells the hub, of phones that speak the wire protocol too. */
export interface IngestObserver extends SenderObserver {
  /** It was welcomed and understands what the operator sends. */
  listening(deviceId: string): void;
  reported(deviceId: string, status: PhoneStatus): void;
  /** It read a message of the operator's. */
  read(deviceId: string, to: string): void;
  measured(deviceId: string, sample: ClockSample): void;
  /** It waits to be let in: this was not stored. */
  saidWaiting(connection: ConnectionInfo, parsed: ParsedFrame): void;
  /** It was removed, and is refused: this was not stored. */
  saidRemoved(device: TurnedAway, address: string, parsed: ParsedFrame): void;
  /** Two phones push each other out, being the same device by what they say. */
  fought(admission: Admission, address: string): void;
}

/** One live socket, as the hub sees it. */
export interface ConnectionInfo {
  readonly address: string;
  readonly localAddress: string | null;
  readonly connectedAtMs: number;
  /** null until the first message told. */
  readonly admission: Admission | null;
  /** Frames stored over it. */
  readonly frames: number;
}
