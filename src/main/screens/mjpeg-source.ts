import type { MjpegSource, MjpegState } from '../../common/model/mjpeg-source';
import { jpegSize } from './jpeg-size';
import { addressText, type MjpegAddress } from './mjpeg-address';
import { readMjpegStream } from './mjpeg-stream';
import { PicturePace } from './picture-pace';
import { RateWindow } from './rate-window';
import { askScreenStream } from './screen-stream';

/** Intervals, ms; a test has shorter ones. */
export interface MjpegTiming {
  /** Without a picture for so long it is stalled. */
  readonly stallMs: number;
  /** Silent for so long the connection is given up. */
  readonly timeoutMs: number;
  /** Between two tries: the first, doubled each time, and the longest. */
  readonly retryMs: number;
  readonly longestRetryMs: number;
}

/** The newest picture of a source. */
export interface MjpegFrame {
  /** Of the pictures that came, from 1 within a source. */
  readonly number: number;
  readonly jpeg: Buffer;
  /** Hub clock. */
  readonly atMs: number;
}

interface SourceParts {
  readonly sourceId: string;
  readonly deviceId: string | null;
  readonly address: MjpegAddress;
  readonly pin: string | null;
  readonly timing: MjpegTiming;
  readonly now: () => number;
  readonly onChanged: () => void;
}

/** One source: finds its stream, reads it, tries again. Keeps the newest picture only. */
export class PulledSource {
  readonly #parts: SourceParts;
  #state: MjpegState = 'connecting';
  #reason: string | null = null;
  #frame: MjpegFrame | null = null;
  #came = 0;
  readonly #rate = new RateWindow();
  readonly #pace = new PicturePace((frame: MjpegFrame) => this.#take(frame));
  #size: { readonly width: number; readonly height: number } | null = null;
  #waiting = new Set<() => void>();
  #failures = 0;
  #stall: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #leave: () => void = () => {};
  #isStopped = false;

  constructor(parts: SourceParts) {
    this.#parts = parts;
    void this.#connect();
  }

  get view(): MjpegSource {
    const { sourceId, deviceId, address, now } = this.#parts;
    return {
      sourceId,
      deviceId,
      address: addressText(address),
      state: this.#state,
      reason: this.#reason,
      width: this.#size?.width ?? null,
      height: this.#size?.height ?? null,
      ...this.#rate.rate(now()),
      lastFrameAtMs: this.#frame?.atMs ?? null,
    };
  }

  /** The newest picture once there is one newer than `after`; null when none came in time. What is between is left out. */
  async frame(after: number, patienceMs: number): Promise<MjpegFrame | null> {
    if ((this.#frame?.number ?? 0) > after) return this.#frame;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, patienceMs);
      this.#waiting.add(wake);
    });
    return (this.#frame?.number ?? 0) > after ? this.#frame : null;
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#stall);
    clearTimeout(this.#retry);
    this.#pace.stop();
    this.#leave();
    for (const wake of this.#waiting) wake();
  }

  async #connect(): Promise<void> {
    const { address, timing } = this.#parts;
    const path = address.path ?? (await this.#find());
    if (path === null || this.#isStopped) return;
    const closeSocket = this.#leave;
    const stop = readMjpegStream({
      ...address,
      path,
      timeoutMs: timing.timeoutMs,
      onFrame: (jpeg) => this.#arrived(jpeg),
      onEnd: (reason) => {
        closeSocket();
        this.#tryAgain(reason);
      },
    });
    this.#leave = () => {
      stop();
      closeSocket();
    };
  }

  /** @returns the stream's path; null when the operator or time has to help first. */
  async #find(): Promise<string | null> {
    const { address, pin, timing } = this.#parts;
    const offer = await askScreenStream({ ...address, pin, timeoutMs: timing.timeoutMs });
    if (this.#isStopped) {
      if (offer.kind === 'path') offer.close();
      return null;
    }
    if (offer.kind === 'path') {
      this.#leave = offer.close;
      return offer.path;
    }
    // Other apps of its kind, and older ones, are at a name everybody knows.
    if (offer.kind === 'other') return '/stream.mjpeg';
    this.#show(offer.kind, null);
    return null;
  }

  #arrived(jpeg: Buffer): void {
    const atMs = this.#parts.now();
    this.#came += 1;
    this.#rate.add(jpeg.length, atMs);
    this.#pace.offer({ number: this.#came, jpeg, atMs });
  }

  #take(frame: MjpegFrame): void {
    // What is shown in the control room is a picture or nothing.
    const size = jpegSize(frame.jpeg);
    if (size === null) return;
    this.#failures = 0;
    this.#frame = frame;
    clearTimeout(this.#stall);
    this.#stall = setTimeout(() => this.#show('stalled', null), this.#parts.timing.stallMs);
    const isNews = this.#size?.width !== size.width || this.#size.height !== size.height;
    this.#size = size;
    if (isNews || this.#state !== 'live') this.#show('live', null);
    for (const wake of [...this.#waiting]) wake();
  }

  #tryAgain(reason: string): void {
    if (this.#isStopped) return;
    clearTimeout(this.#stall);
    this.#leave = () => {};
    // A picture that stands still is one the operator has to see as such, for as long as no newer one takes its place.
    if (this.#state === 'stalled') this.#show('stalled', reason);
    else this.#show('unreachable', reason);
    const { retryMs, longestRetryMs } = this.#parts.timing;
    this.#retry = setTimeout(() => void this.#connect(), Math.min(longestRetryMs, retryMs * 2 ** this.#failures));
    this.#failures += 1;
  }

  #show(state: MjpegState, reason: string | null): void {
    this.#state = state;
    this.#reason = reason;
    this.#parts.onChanged();
  }
}
