import { CLOSE } from '../../../common/wire/close-codes';
import type { BatchAck, HubToPhone, IngestError } from '../../../common/wire/ingest';
import { LIMITS } from '../../../common/wire/limits';
import { toBatchMessage } from '../queue/batch-message';
import type { Boot } from '../queue/database';
import type { BatchLimit, FrameQueue, QueuedBatch } from '../queue/frame-queue';
import { type Reason, saidByHub, saidByPhone } from '../stores/codes';
import { backOffMs } from './back-off';
import type { Link } from './link';

export interface DeliveryListener {
  /** An ack took frames out of the queue; they are on the hub's disk. */
  settled(stored: number): void;
  /** The hub will never take these; `reason` is of the last. */
  refused(count: number, reason: Reason): void;
  /** Given up without the hub having known its number: it must be told, or it waits for it for ever. */
  gaveUp(boot: Boot, seq: number): void;
  /** The hub takes nothing just now: null when it takes again. */
  held(reason: Reason | null): void;
  /** Nothing waits and nothing is under way. */
  drained(): void;
  /** The phone's own storage failed. */
  failed(error: unknown): void;
}

export interface DeliveryTimings {
  /** For a small batch; a big one gets the time its bytes take on bad radio on top. */
  readonly ackTimeoutMs: number;
  readonly bytesPerSecond: number;
  /** A batch of the present page load is `live` when its newest frame is not older than this. */
  readonly liveAgeMs: number;
  readonly backOff: (attempt: number) => number;
}

const TIMINGS: DeliveryTimings = {
  ackTimeoutMs: 10_000,
  // 128 kbit/s: a photo of 1 MiB is given a minute more before the socket counts as dead.
  bytesPerSecond: 16 * 1024,
  liveAgeMs: 15_000,
  backOff: backOffMs,
};

/** Well under the hub's 8 MiB: on bad radio, what a lost socket costs is one batch. */
const FULL: BatchLimit = { frames: LIMITS.batchFrames, bytes: 1024 * 1024 };
const LONGEST_HOLD_MS = 60_000;

interface InFlight {
  readonly batch: QueuedBatch;
  readonly watchdog: ReturnType<typeof setTimeout>;
}

/**
 * Sends what waits, one batch at a time: the next leaves when the ack of the last is in. One is enough (a batch is 200
 * frames, a round trip on bad radio half a second) and makes every answer without a seq unambiguous.
 */
export class Delivery {
  readonly #queue: FrameQueue;
  readonly #link: Link;
  readonly #listener: DeliveryListener;
  readonly #timings: DeliveryTimings;
  #inFlight: InFlight | null = null;
  #isReading = false;
  #wokenWhileReading = false;
  #hold: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #limit: BatchLimit = FULL;

  constructor(queue: FrameQueue, link: Link, listener: DeliveryListener, timings: Partial<DeliveryTimings> = {}) {
    this.#queue = queue;
    this.#link = link;
    this.#listener = listener;
    this.#timings = { ...TIMINGS, ...timings };
    link.listen({
      stateChanged: (state) => {
        if (state.kind === 'connected') this.wake();
      },
      received: (message) => this.#received(message),
      lost: (code) => this.#lost(code),
    });
  }

  /** Something new waits, or the way is free: call it as often as you like. */
  wake(): void {
    if (this.#isReading) {
      this.#wokenWhileReading = true;
    } else if (this.#link.state.kind === 'connected' && !this.#inFlight && this.#hold === undefined) {
      this.#sendNext().catch((error: unknown) => this.#listener.failed(error));
    }
  }

  async #sendNext(): Promise<void> {
    this.#isReading = true;
    this.#wokenWhileReading = false;
    let batch: QueuedBatch | null;
    try {
      batch = await this.#queue.nextBatch(this.#limit);
    } finally {
      this.#isReading = false;
    }
    if (batch) this.#send(batch);
    else if (this.#wokenWhileReading) this.wake();
    else this.#listener.drained();
  }

  #send(batch: QueuedBatch): void {
    const { name, openedAtMs } = this.#queue.boot;
    const isPresent = batch.boot.name === name && batch.boot.openedAtMs === openedAtMs;
    const live = isPresent && Date.now() - batch.newestCapturedAtMs <= this.#timings.liveAgeMs;
    // Not sent: the socket went while the queue was read. The next welcome wakes this again.
    if (!this.#link.send(toBatchMessage(batch, live))) return;
    const allowedMs = this.#timings.ackTimeoutMs + (batch.sizeBytes / this.#timings.bytesPerSecond) * 1000;
    this.#inFlight = { batch, watchdog: setTimeout(() => this.#timedOut(), allowedMs) };
  }

  #received(message: HubToPhone): void {
    const inFlight = this.#inFlight;
    if (!inFlight) return;
    const { batch } = inFlight;
    if (message.type === 'ack' && 'settled' in message && message.boot === batch.boot.name && isOfFrames(message)) {
      clearTimeout(inFlight.watchdog);
      this.#acked(batch, message).catch((error: unknown) => this.#listener.failed(error));
    } else if (message.type === 'error' && isAbout(batch, message)) {
      this.#clear();
      this.#errored(batch, message);
    }
  }

  async #acked(batch: QueuedBatch, ack: BatchAck): Promise<void> {
    const refused = ack.refused.map(({ seq }) => seq);
    const left = await this.#queue.settle(batch.boot, ack.settled, refused);
    const last = ack.refused.at(-1);
    if (left > 0 && last) this.#listener.refused(refused.length, saidByHub(last.message));
    if (left > 0) this.#listener.settled(left - refused.length);
    // A second ack of the same batch, or a socket lost while settling, came first: the rows are out all the same.
    if (this.#inFlight?.batch !== batch) return;
    this.#clear();
    if (left === 0) {
      this.#holdFor(undefined, saidByPhone('nothing-confirmed'));
      return;
    }
    this.#failures = 0;
    this.#limit = { frames: Math.min(FULL.frames, this.#limit.frames * 2), bytes: FULL.bytes };
    this.#listener.held(null);
    this.wake();
  }

  #errored(batch: QueuedBatch, error: IngestError): void {
    if (error.code === 'too_large' || error.code === 'invalid_frame') this.#tooMuch(batch, saidByHub(error.message));
    // About the hub or the link, not about a frame: nothing is given up for it.
    else this.#holdFor(error.retryAfterMs, saidByHub(error.message));
  }

  /** Halves; a single frame that is still too much is given up, or the queue would never move again. */
  #tooMuch(batch: QueuedBatch, reason: Reason): void {
    const [only] = batch.frames;
    if (only === undefined || batch.frames.length > 1) {
      this.#shrink(batch);
      this.wake();
      return;
    }
    this.#queue.settle(batch.boot, [], [only.seq]).then(
      (left) => {
        if (left > 0) {
          this.#listener.refused(left, reason);
          this.#listener.gaveUp(batch.boot, only.seq);
        }
        this.wake();
      },
      (error: unknown) => this.#listener.failed(error),
    );
  }

  #shrink(batch: QueuedBatch): void {
    this.#limit = { frames: Math.max(1, Math.ceil(batch.frames.length / 2)), bytes: this.#limit.bytes };
  }

  #holdFor(retryAfterMs: number | undefined, reason: Reason): void {
    this.#failures += 1;
    const delayMs = Math.min(retryAfterMs ?? this.#timings.backOff(this.#failures), LONGEST_HOLD_MS);
    clearTimeout(this.#hold);
    this.#hold = setTimeout(() => {
      this.#hold = undefined;
      this.wake();
    }, delayMs);
    this.#listener.held(reason);
  }

  /** No ack: the socket is dead though it looks open, or the batch too big for this radio. */
  #timedOut(): void {
    if (this.#inFlight) this.#shrink(this.#inFlight.batch);
    this.#link.fail();
  }

  #lost(code: number | null): void {
    const batch = this.#inFlight?.batch;
    this.#clear();
    if (batch && code === CLOSE.messageTooBig) this.#tooMuch(batch, saidByPhone('too-big'));
  }

  #clear(): void {
    if (this.#inFlight) clearTimeout(this.#inFlight.watchdog);
    this.#inFlight = null;
  }
}

/** Not so the ack of frames that were given up, which has the same boot. */
const isOfFrames = ({ stored, duplicates, refused }: BatchAck): boolean => stored + duplicates + refused.length > 0;

/** The hub names the boot of a batch it could read. `unknown_type` is never about a batch. */
const isAbout = ({ boot }: QueuedBatch, error: IngestError): boolean =>
  error.boot === undefined ? error.code !== 'unknown_type' : error.boot === boot.name;
