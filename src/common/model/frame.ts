/** How a frame came in. The value of the CSV column `source`. */
export type FrameSource =
  | 'pocket-parrot'
  | 'perch'
  | 'owntracks'
  | 'osmand'
  | 'sensorlogger'
  | 'gpslogger'
  | 'overland'
  | 'import';

/** Anything JSON can say. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A JSON object as it came from outside: nothing about its members is known yet. */
export type JsonObject = { readonly [key: string]: JsonValue };

/** One record of the log, as it is kept and exported. Immutable once stored. */
export interface StoredFrame {
  /** Rises by at least one with every frame stored in this data folder; never reused. */
  readonly frameId: number;
  readonly sessionId: string;
  /** The hub's own id of the device. */
  readonly deviceId: string;
  /** The phone's counting epoch, up to 64 characters; null when the phone does not count. */
  readonly boot: string | null;
  /** Counts from 1 within a boot; null with a null boot, or when the phone does not count. */
  readonly seq: number | null;
  /** Device clock, ms since the epoch; null when the phone gave no time. */
  readonly capturedAtMs: number | null;
  /** Hub clock, ms since the epoch; never smaller than that of an earlier frame. */
  readonly receivedAtMs: number;
  /** capturedAtMs moved onto the hub's clock; null while the offset of the phone's clock is unknown. */
  readonly correctedAtMs: number | null;
  /** When its values were true, by the live rule (docs/wire-protocol.md, section 4), ms since the epoch. */
  readonly liveAtMs: number;
  /** 0 to 100: of the frame itself, else of the device's last `status`; null when never told. */
  readonly batteryPct: number | null;
  readonly source: FrameSource;
  /** Quality flags such as `clock_skew` or `out_of_range:gps.heading`. Flagged, never dropped. */
  readonly flags: readonly string[];
  /** The frame itself: what the phone sent, with media replaced by {@link MediaReference}s. */
  readonly data: JsonObject;
}
