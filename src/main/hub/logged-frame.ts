import type { FrameSource, JsonObject, StoredFrame } from '../../common/model/frame';
import type { AcceptedFrame } from '../ingest';
import type { NewFrame } from '../store';
import { saysOf } from './live-readings';
import { stepOf, type TrackStep } from './quality/device-track';
import { type Word, wordOf } from './words';

/** What the hub adds to a frame. */
export type Stamp = Pick<NewFrame, 'sessionId' | 'receivedAtMs' | 'correctedAtMs' | 'batteryPct' | 'flags'> & {
  readonly liveAtMs: number;
};

/**
 * A frame on its way through the log. Thousands wait for the disk at a time, and a frame that is parsed is many times what
 * its text is to keep and to collect: what the hub needs of each is found at the start, and the rest is parsed again when
 * somebody looks.
 */
export class LoggedFrame implements NewFrame {
  readonly deviceId: string;
  readonly sessionId: string;
  readonly source: FrameSource;
  readonly boot: string | null;
  readonly seq: number | null;
  readonly itemHash: string | null;
  readonly capturedAtMs: number | null;
  readonly receivedAtMs: number;
  readonly correctedAtMs: number | null;
  readonly liveAtMs: number;
  readonly batteryPct: number | null;
  readonly flags: readonly string[];
  readonly body: string;
  readonly media: NewFrame['media'];
  /** What it adds to the track of its device. */
  readonly step: TrackStep | null;
  /** Readings it has, see {@link saysOf}. */
  readonly says: number;
  /** What a person said with it; null: it is what a phone measured. */
  readonly word: Word | null;
  #data: JsonObject | null;

  constructor({ deviceId, source, boot, seq, itemHash, capturedAtMs, parsed }: AcceptedFrame, stamp: Stamp) {
    const { data } = parsed;
    this.deviceId = deviceId;
    this.sessionId = stamp.sessionId;
    this.source = source;
    this.boot = boot;
    this.seq = seq;
    this.itemHash = itemHash ?? null;
    this.capturedAtMs = capturedAtMs;
    this.receivedAtMs = stamp.receivedAtMs;
    this.correctedAtMs = stamp.correctedAtMs;
    this.liveAtMs = stamp.liveAtMs;
    this.batteryPct = stamp.batteryPct;
    this.flags = stamp.flags;
    this.body = parsed.body;
    this.media = parsed.media;
    this.step = stepOf({ data, liveAtMs: stamp.liveAtMs, flags: stamp.flags });
    this.says = saysOf(data, stamp.flags);
    this.word = wordOf(data);
    this.#data = data;
  }

  get data(): JsonObject {
    return this.#data ?? (JSON.parse(this.body) as JsonObject);
  }

  /** It was handed to the log. */
  dropData(): void {
    this.#data = null;
  }

  /** As everybody outside sees it. @param deviceId the person that its device is shown as */
  toStored(frameId: number, deviceId: string): StoredFrame {
    return {
      frameId,
      deviceId,
      sessionId: this.sessionId,
      source: this.source,
      boot: this.boot,
      seq: this.seq,
      capturedAtMs: this.capturedAtMs,
      receivedAtMs: this.receivedAtMs,
      correctedAtMs: this.correctedAtMs,
      liveAtMs: this.liveAtMs,
      batteryPct: this.batteryPct,
      flags: this.flags,
      data: this.data,
    };
  }
}
