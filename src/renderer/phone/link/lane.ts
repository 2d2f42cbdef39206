import type { BatchLimit } from '../queue/batches';
import type { Parcel } from './parcel';

export interface LaneParts {
  /** The next to send; null when nothing waits in this lane. */
  take(limit: BatchLimit): Promise<Parcel | null>;
  /** False: the socket went while the queue was read. The next welcome wakes the lane again. */
  send(parcel: Parcel): boolean;
  /** It was taken and is not under way any more. */
  release(parcel: Parcel): void;
  timedOut(): void;
  failed(error: unknown): void;
  readonly full: BatchLimit;
}

/** How long the hub may take to answer, ms, asked when it is sent. */
type Patience = (parcel: Parcel) => number;

/**
 * One message under way at a time: the next leaves when the answer to the last is in. One is enough (a batch holds many
 * frames, a round trip on bad radio is half a second) and makes every answer unambiguous.
 */
export class Lane {
  readonly #parts: LaneParts;
  readonly #patience: Patience;
  #limit: BatchLimit;
  #parcel: Parcel | null = null;
  #isAnswered = false;
  #sentAtMs = 0;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  #reading: Promise<void> | null = null;
  #isWokenWhileReading = false;
  #hold: ReturnType<typeof setTimeout> | undefined;
  /** Answers in a row that put it off. */
  #failures = 0;

  constructor(parts: LaneParts, patience: Patience) {
    this.#parts = parts;
    this.#patience = patience;
    this.#limit = parts.full;
  }

  get parcel(): Parcel | null {
    return this.#parcel;
  }

  /** What the hub still has to answer. */
  get unanswered(): Parcel | null {
    return this.#isAnswered ? null : this.#parcel;
  }

  /** Of what is under way; performance clock, ms. */
  get sentAtMs(): number {
    return this.#sentAtMs;
  }

  get isIdle(): boolean {
    return this.#parcel === null && this.#reading === null && this.#hold === undefined;
  }

  /** Resolves once the queue was looked at; what was there is then under way. */
  wake(): Promise<void> {
    if (this.#reading) {
      this.#isWokenWhileReading = true;
      return this.#reading;
    }
    if (this.#parcel || this.#hold !== undefined) return Promise.resolve();
    this.#reading = this.#sendNext().catch((error: unknown) => this.#parts.failed(error));
    return this.#reading;
  }

  async #sendNext(): Promise<void> {
    let parcel: Parcel | null = null;
    try {
      do {
        this.#isWokenWhileReading = false;
        parcel = await this.#parts.take(this.#limit);
      } while (!parcel && this.#isWokenWhileReading);
    } finally {
      this.#reading = null;
    }
    if (!parcel) return;
    if (!this.#parts.send(parcel)) {
      this.#parts.release(parcel);
      return;
    }
    this.#parcel = parcel;
    this.#isAnswered = false;
    this.#sentAtMs = performance.now();
    this.#watchdog = setTimeout(() => {
      this.shrink();
      this.#parts.timedOut();
    }, this.#patience(parcel));
  }

  /** The answer is in; until it is settled here, nothing else leaves. */
  answer(): void {
    clearTimeout(this.#watchdog);
    this.#isAnswered = true;
  }

  /** Nothing is under way any more. */
  clear(): void {
    clearTimeout(this.#watchdog);
    const parcel = this.#parcel;
    this.#parcel = null;
    if (parcel) this.#parts.release(parcel);
  }

  succeed(): void {
    this.#failures = 0;
    const { frames, bytes } = this.#parts.full;
    this.#limit = {
      frames: Math.min(frames, this.#limit.frames * 2),
      bytes: Math.min(bytes, this.#limit.bytes * 2),
    };
  }

  /** Less at once: what is under way was too much for the hub or the radio. */
  shrink(): void {
    const sent = this.#parcel?.kind === 'batch' ? this.#parcel.batch : null;
    if (!sent) return;
    this.#limit = {
      frames: Math.max(1, Math.ceil(sent.frames.length / 2)),
      bytes: Math.max(1, Math.ceil(sent.sizeBytes / 2)),
    };
  }

  /** Sends nothing for a while: `delayMs` of how often that happened in a row. */
  holdFor(delayMs: (failures: number) => number): void {
    this.#failures += 1;
    clearTimeout(this.#hold);
    this.#hold = setTimeout(() => {
      this.#hold = undefined;
      void this.wake();
    }, delayMs(this.#failures));
  }

  /** Ends a hold. */
  resume(): void {
    clearTimeout(this.#hold);
    this.#hold = undefined;
  }
}
