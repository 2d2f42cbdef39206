import type { AppendOutcome, SeqRange } from '../../common/model/delivery';
import type { StoredFrame } from '../../common/model/frame';
import { isSkewed, liveTimeOf } from '../../common/model/live-time';
import { LIMITS } from '../../common/wire/limits';
import { ProtocolError } from '../../common/wire/protocol-error';
import type { AcceptedFrame, FrameSink } from '../ingest';
import { type NewFrame, type Store, StoreError } from '../store';
import type { AlertBoard } from './alerts';
import { toPercent } from './percent';
import type { PhoneClocks } from './phone-clocks';
import type { FrameQuality } from './quality/frame-quality';
import { threadAlertId } from './store-alerts';

interface FrameLogOptions {
  readonly store: Store;
  readonly clock: { now(): number };
  readonly alerts: AlertBoard;
  readonly quality: FrameQuality;
  readonly clocks: PhoneClocks;
  /** Of the device's last `status`, 0 to 100; null when it never told. */
  batteryPct(deviceId: string): number | null;
  /** Session current now. */
  sessionId(): string;
  /** Makes sure the device is in the store before its frame. */
  keepDevice(deviceId: string): void;
  /** Called after the commit, in commit order. */
  onStored(frame: StoredFrame): void;
}

/** What the hub adds to a frame. */
type Stamp = Omit<StoredFrame, 'frameId' | 'data'>;

const NO_FLAGS: readonly string[] = [];
const SKEW: readonly string[] = ['clock_skew'];

const STORAGE_ALERT = 'storage.unavailable';

/** The way into the log: stamps a frame with hub time and session, and passes on what is stored, and only that. */
export class FrameLog implements FrameSink {
  readonly #options: FrameLogOptions;

  constructor(options: FrameLogOptions) {
    this.#options = options;
  }

  append(frame: AcceptedFrame): Promise<AppendOutcome> {
    const stamp = this.#stamp(frame);
    // One step instead of an async function around another: at full speed each costs as much as the ack.
    return this.#options.store.append(toRow(stamp, frame)).then(
      (outcome) => {
        this.#options.alerts.clear(STORAGE_ALERT);
        this.#publish(stamp, frame, outcome);
        return outcome;
      },
      (error: unknown) => {
        throw this.#refusalOf(error, frame.deviceId);
      },
    );
  }

  async appendBatch(
    frames: readonly AcceptedFrame[],
    boot: string,
    refusedSeqs: readonly number[],
    deviceId: string,
  ): Promise<{ outcomes: readonly AppendOutcome[]; upTo: number }> {
    // A batch refused to the last frame still settles its seqs, and they need a device to belong to.
    this.#options.keepDevice(deviceId);
    const stamped = frames.map((frame) => ({ frame, stamp: this.#stamp(frame) }));
    const rows = stamped.map(({ frame, stamp }) => toRow(stamp, frame));
    const result = await this.#write(deviceId, () =>
      this.#options.store.appendBatch(rows, refusedSeqs, { deviceId, boot }),
    );
    result.outcomes.forEach((outcome, index) => {
      const one = stamped[index];
      if (one) this.#publish(one.stamp, one.frame, outcome);
    });
    return result;
  }

  recordDropped(ranges: readonly SeqRange[], boot: string, deviceId: string): Promise<number> {
    this.#options.keepDevice(deviceId);
    const sessionId = this.#options.sessionId();
    return this.#write(deviceId, () => this.#options.store.recordDropped(ranges, { deviceId, boot, sessionId }));
  }

  isSaturated(): boolean {
    const { frames, bytes } = this.#options.store.waiting;
    return frames >= LIMITS.waitingFrames || bytes >= LIMITS.waitingBytes;
  }

  onDrain(listener: () => void): void {
    this.#options.store.onDrain(listener);
  }

  #stamp({ deviceId, source, boot, seq, capturedAtMs, isBackfill = false, flags, parsed }: AcceptedFrame): Stamp {
    this.#options.keepDevice(deviceId);
    const receivedAtMs = this.#options.clock.now();
    // First: it finds out when the phone's clock was set, and times of before then mean nothing.
    const correctedAtMs = this.#options.clocks.correct({ deviceId, capturedAtMs, receivedAtMs, isBackfill });
    const doubts = this.#options.quality.flagsOf({ deviceId, capturedAtMs, receivedAtMs, data: parsed.data });
    const skew = capturedAtMs !== null && isSkewed(capturedAtMs, receivedAtMs) ? SKEW : NO_FLAGS;
    const hasFlags = parsed.flags.length + flags.length + skew.length + doubts.length > 0;
    return {
      deviceId,
      sessionId: this.#options.sessionId(),
      source,
      boot,
      seq,
      capturedAtMs,
      receivedAtMs,
      correctedAtMs,
      liveAtMs: liveTimeOf({ capturedAtMs, receivedAtMs, correctedAtMs, isBackfill }),
      batteryPct: parsed.battery === null ? this.#options.batteryPct(deviceId) : toPercent(parsed.battery),
      flags: hasFlags ? [...parsed.flags, ...flags, ...skew, ...doubts] : NO_FLAGS,
    };
  }

  async #write<T>(deviceId: string, write: () => Promise<T>): Promise<T> {
    try {
      const result = await write();
      this.#options.alerts.clear(STORAGE_ALERT);
      return result;
    } catch (error) {
      throw this.#refusalOf(error, deviceId);
    }
  }

  /** Turns the store's trouble into the answer of the wire, and into an alert that clears when a write works again. */
  #refusalOf(error: unknown, deviceId: string): unknown {
    this.#options.quality.forget(deviceId);
    if (!(error instanceof StoreError) || (error.code !== 'storage_unavailable' && error.code !== 'closed'))
      return error;
    // That the writer is down is said already, and the disk is not to blame.
    if (error.code === 'storage_unavailable' && !this.#options.alerts.has(threadAlertId('writer'))) {
      this.#options.alerts.raise({
        id: STORAGE_ALERT,
        severity: 'critical',
        sentence: 'Nothing can be stored: the disk is full or failing.',
        tip: 'Free some space on this laptop. The phones keep their frames and send them again by themselves.',
      });
    }
    return new ProtocolError('storage_unavailable', 'the hub cannot store anything now; keep it and try again');
  }

  #publish(stamp: Stamp, { parsed }: AcceptedFrame, outcome: AppendOutcome): void {
    if (outcome.kind === 'stored') this.#options.onStored({ ...stamp, frameId: outcome.frameId, data: parsed.data });
  }
}

const toRow = (stamp: Stamp, { itemHash, parsed: { body, data, media } }: AcceptedFrame): NewFrame => ({
  ...stamp,
  itemHash: itemHash ?? null,
  body,
  data,
  media,
});
