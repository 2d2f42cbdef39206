import type { AppendOutcome, Receipt, SeqRange } from '../../common/model/delivery';
import { isSkewed, liveTimeOf } from '../../common/model/live-time';
import { LIMITS } from '../../common/wire/limits';
import { ProtocolError } from '../../common/wire/protocol-error';
import type { AcceptedFrame, FrameSink } from '../ingest';
import { type Store, StoreError } from '../store';
import type { AlertBoard } from './alerts';
import { LoggedFrame } from './logged-frame';
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
  onStored(frame: LoggedFrame, frameId: number): void;
}

const NO_FLAGS: readonly string[] = [];
const SKEW: readonly string[] = ['clock_skew'];

const STORAGE_ALERT = 'storage.unavailable';

/** The way into the log: stamps a frame with hub time and session, and passes on what is stored, and only that. */
export class FrameLog implements FrameSink {
  readonly #options: FrameLogOptions;

  constructor(options: FrameLogOptions) {
    this.#options = options;
  }

  append(frame: AcceptedFrame, receipt: Receipt): void {
    const logged = this.#stamp(frame);
    this.#options.store.append(logged, {
      stored: (outcome) => {
        try {
          this.#options.alerts.clear(STORAGE_ALERT);
          this.#publish(logged, outcome);
        } catch (error) {
          receipt.failed(error);
          return;
        }
        receipt.stored(outcome);
      },
      failed: (error) => receipt.failed(this.#refusalOf(error, logged.deviceId)),
    });
    logged.dropData();
  }

  async appendBatch(
    frames: readonly AcceptedFrame[],
    boot: string,
    refusedSeqs: readonly number[],
    deviceId: string,
  ): Promise<{ outcomes: readonly AppendOutcome[]; upTo: number }> {
    // A batch refused to the last frame still settles its seqs, and they need a device to belong to.
    this.#options.keepDevice(deviceId);
    const logged = frames.map((frame) => this.#stamp(frame));
    let bug: Error | null = null;
    // At once, as in append: what is stored after it must not be told before it.
    const tell = (outcomes: readonly AppendOutcome[]): void => {
      try {
        outcomes.forEach((outcome, index) => {
          const one = logged[index];
          if (one) this.#publish(one, outcome);
        });
      } catch (error) {
        bug = error instanceof Error ? error : new Error(String(error));
      }
    };
    const writing = this.#options.store.appendBatch(logged, refusedSeqs, { deviceId, boot }, tell);
    for (const one of logged) one.dropData();
    const result = await this.#written(writing, deviceId);
    if (bug) throw bug as Error;
    return result;
  }

  recordDropped(ranges: readonly SeqRange[], boot: string, deviceId: string): Promise<number> {
    this.#options.keepDevice(deviceId);
    const sessionId = this.#options.sessionId();
    return this.#written(this.#options.store.recordDropped(ranges, { deviceId, boot, sessionId }), deviceId);
  }

  isSaturated(): boolean {
    const { frames, bytes } = this.#options.store.waiting;
    return frames >= LIMITS.waitingFrames || bytes >= LIMITS.waitingBytes;
  }

  onDrain(listener: () => void): void {
    this.#options.store.onDrain(listener);
  }

  #stamp(frame: AcceptedFrame): LoggedFrame {
    const { deviceId, capturedAtMs, isBackfill = false, flags, parsed } = frame;
    this.#options.keepDevice(deviceId);
    const receivedAtMs = this.#options.clock.now();
    // First: it finds out when the phone's clock was set, and times of before then mean nothing.
    const correctedAtMs = this.#options.clocks.correct({ deviceId, capturedAtMs, receivedAtMs, isBackfill });
    const doubts = this.#options.quality.flagsOf({ deviceId, capturedAtMs, receivedAtMs, data: parsed.data });
    const skew = capturedAtMs !== null && isSkewed(capturedAtMs, receivedAtMs) ? SKEW : NO_FLAGS;
    const hasFlags = parsed.flags.length + flags.length + skew.length + doubts.length > 0;
    return new LoggedFrame(frame, {
      sessionId: this.#options.sessionId(),
      receivedAtMs,
      correctedAtMs,
      liveAtMs: liveTimeOf({ capturedAtMs, receivedAtMs, correctedAtMs, isBackfill }),
      batteryPct: parsed.battery === null ? this.#options.batteryPct(deviceId) : toPercent(parsed.battery),
      flags: hasFlags ? [...parsed.flags, ...flags, ...skew, ...doubts] : NO_FLAGS,
    });
  }

  async #written<T>(writing: Promise<T>, deviceId: string): Promise<T> {
    try {
      const result = await writing;
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

  #publish(frame: LoggedFrame, outcome: AppendOutcome): void {
    if (outcome.kind === 'stored') this.#options.onStored(frame, outcome.frameId);
  }
}
