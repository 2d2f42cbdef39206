import { CLOSE } from '../../../common/wire/close-codes';
import type { BatchAck, HubToPhone, IngestError } from '../../../common/wire/ingest';
import type { BatchLimit, QueuedBatch, QueuedRow } from '../queue/batches';
import type { FrameQueue } from '../queue/frame-queue';
import { type ReasonCode, toReason } from '../stores/codes';
import { AsideWay } from './aside-way';
import { backOffMs } from './back-off';
import { Lane, type LaneParts } from './lane';
import type { Link } from './link';
import { isAnsweredBy, type Parcel, sizeOf, toText } from './parcel';

export interface DeliveryListener {
  /** An ack took frames out of the queue; they are on the hub's disk. */
  settled(stored: number): void;
  /** A person's word is on the hub's disk. */
  wordStored(word: QueuedRow): void;
  /** The hub will never take these; `reason` is of the last. */
  refused(count: number, reason: ReasonCode): void;
  /** The hub takes nothing just now; null when it takes again. */
  held(reason: ReasonCode | null): void;
  /** The operator has yet to let this phone in, or has. */
  approval(state: 'active' | 'pending'): void;
  /** Nothing waits and nothing is under way. */
  drained(): void;
  /** The phone's own storage failed. */
  failed(error: unknown): void;
}

export interface DeliveryTimings {
  /** For a small batch; a big one gets the time its bytes take on bad radio on top. */
  readonly ackTimeoutMs: number;
  readonly bytesPerSecond: number;
  /** Frames of the present page load that are not older than this are `live`. */
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

/** What a new position or an SOS has to wait behind on bad radio: a few seconds. */
const LIVE: BatchLimit = { frames: 50, bytes: 32 * 1024 };
/**
 * Half of what the hub takes at once from one phone, so that live frames always fit beside it; and well under its 8 MiB:
 * what a lost socket costs is one batch.
 */
const BACKFILL: BatchLimit = { frames: 100, bytes: 128 * 1024 };
const LONGEST_HOLD_MS = 60_000;
/** Backfill waits that much longer than told: the place that gets free is for live frames first. */
const COURTESY_MS = 250;

/** Only whether there is one. */
const ONE: BatchLimit = { frames: 1, bytes: 0 };

/** How the parcels of a lane leave. */
type LaneWay = Pick<LaneParts, 'send' | 'timedOut'>;

/**
 * Sends what waits, in four lanes beside each other: words (an SOS first) with what was given up; live frames, the newest
 * first; backfill, the oldest first; and photos and notes, after the backfill and beside the link.
 */
export class Delivery {
  readonly #queue: FrameQueue;
  readonly #link: Link;
  readonly #listener: DeliveryListener;
  readonly #timings: DeliveryTimings;
  readonly #words: Lane;
  readonly #live: Lane;
  readonly #backfill: Lane;
  readonly #media: Lane;
  readonly #aside: AsideWay;
  readonly #lanes: readonly Lane[];

  constructor(queue: FrameQueue, link: Link, listener: DeliveryListener, timings: Partial<DeliveryTimings> = {}) {
    this.#queue = queue;
    this.#link = link;
    this.#listener = listener;
    this.#timings = { ...TIMINGS, ...timings };
    const overLink: LaneWay = {
      send: (parcel) => link.send(toText(parcel)),
      // No answer: the socket is dead though it looks open, or the batch too big for this radio.
      timedOut: () => link.fail(),
    };
    this.#aside = new AsideWay(link, (parcel) => this.#asideFailed(parcel));
    this.#words = this.#lane(overLink, LIVE, () => this.#takeWord());
    this.#live = this.#lane(overLink, LIVE, (limit) => this.#takeLive(limit));
    this.#backfill = this.#lane(overLink, BACKFILL, (limit) => this.#takeOldest('plain', limit));
    this.#media = this.#lane(this.#aside, BACKFILL, (limit) => this.#takeMedia(limit));
    this.#lanes = [this.#words, this.#live, this.#backfill, this.#media];
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
    if (this.#link.state.kind !== 'connected') return;
    void this.#wakeAll();
  }

  /** The hub takes frames again: a hold is over before its time. */
  resume(): void {
    for (const lane of this.#lanes) lane.resume();
    this.wake();
  }

  async #wakeAll(): Promise<void> {
    // One after another: an SOS is on its way before a position, a position before the backfill.
    for (const lane of this.#lanes) await lane.wake();
    const isIdle = this.#lanes.every((lane) => lane.isIdle);
    if (isIdle && this.#link.state.kind === 'connected') this.#listener.drained();
  }

  #lane(way: LaneWay, full: BatchLimit, take: (limit: BatchLimit) => Promise<Parcel | null>): Lane {
    return new Lane(
      {
        full,
        take,
        send: (parcel) => way.send(parcel),
        timedOut: () => way.timedOut(),
        release: (parcel) => this.#release(parcel),
        failed: (error) => this.#listener.failed(error),
      },
      (parcel) =>
        this.#timings.ackTimeoutMs + ((this.#bytesUnderWay() + sizeOf(parcel)) / this.#timings.bytesPerSecond) * 1000,
    );
  }

  #release(parcel: Parcel): void {
    if (parcel.kind === 'batch') this.#releaseBatch(parcel.batch);
    else if (parcel.kind === 'word') this.#queue.release(parcel.word.boot, [parcel.word.seq]);
  }

  #releaseBatch({ boot, frames }: QueuedBatch): void {
    this.#queue.release(
      boot,
      frames.map(({ seq }) => seq),
    );
  }

  /** Lanes that share one socket: each waits behind the others. */
  #bytesUnderWay(): number {
    return this.#lanes
      .filter((lane) => !this.#isAside(lane))
      .reduce((sum, { parcel }) => sum + (parcel ? sizeOf(parcel) : 0), 0);
  }

  /** What is under way there is not on the socket. */
  #isAside(lane: Lane): boolean {
    return lane === this.#media && this.#aside.isAside;
  }

  async #takeWord(): Promise<Parcel | null> {
    const word = await this.#queue.takeWord();
    if (word) return { kind: 'word', word };
    const gap = await this.#queue.nextGap();
    return gap && { kind: 'gap', gap };
  }

  async #takeLive(limit: BatchLimit): Promise<Parcel | null> {
    const batch = await this.#queue.takeLive(limit, this.#liveSinceMs());
    return batch && { kind: 'batch', batch, live: true };
  }

  async #takeOldest(lane: 'plain' | 'media', limit: BatchLimit): Promise<Parcel | null> {
    const sinceMs = this.#liveSinceMs();
    const batch = await this.#queue.takeOldest(lane, limit, sinceMs);
    const live = batch?.boot.name === this.#queue.boot.name && batch.newestCapturedAtMs >= sinceMs;
    return batch && { kind: 'batch', batch, live };
  }

  /** None begins while there are positions to make up for: on weak radio it would take half of it. */
  async #takeMedia(limit: BatchLimit): Promise<Parcel | null> {
    if (this.#backfill.parcel) return null;
    const plain = await this.#queue.takeOldest('plain', ONE, this.#liveSinceMs());
    if (!plain) return this.#takeOldest('media', limit);
    this.#releaseBatch(plain);
    return null;
  }

  #asideFailed(parcel: Parcel): void {
    if (this.#media.parcel !== parcel) return;
    this.#media.clear();
    this.#media.holdFor((failures) => Math.min(this.#timings.backOff(failures), LONGEST_HOLD_MS));
  }

  #liveSinceMs(): number {
    return Date.now() - this.#timings.liveAgeMs;
  }

  #received(message: HubToPhone): void {
    // What goes beside has its own answer, which always names it.
    const isNameless = message.type === 'error' && message.boot === undefined;
    const asked = this.#lanes.filter(
      (lane) => lane.unanswered && !(isNameless && this.#isAside(lane)) && isAnsweredBy(lane.unanswered, message),
    );
    // Answers come in the order of what was sent.
    const [lane] = asked.sort((a, b) => a.sentAtMs - b.sentAtMs);
    const parcel = lane?.parcel;
    if (!lane || !parcel) return;
    lane.answer();
    if (message.type === 'ack') {
      this.#acked(lane, parcel, 'settled' in message ? message : null).catch((error: unknown) =>
        this.#listener.failed(error),
      );
    } else if (message.type === 'error') {
      this.#errored(lane, parcel, message);
    }
  }

  async #acked(lane: Lane, parcel: Parcel, ack: BatchAck | null): Promise<void> {
    const left = await this.#settle(parcel, ack);
    this.#listener.approval('active');
    // A second ack of the same batch, or a socket lost while settling, came first: the rows are out all the same.
    if (lane.parcel !== parcel) return;
    lane.clear();
    if (left === 0) {
      this.#holdFor(lane, undefined, 'nothing-confirmed');
      return;
    }
    lane.succeed();
    if (lane === this.#media) this.#aside.succeed();
    this.#listener.held(null);
    this.wake();
  }

  /** Resolves with how many rows left the queue. */
  async #settle(parcel: Parcel, ack: BatchAck | null): Promise<number> {
    switch (parcel.kind) {
      case 'gap':
        await this.#queue.closeGap(parcel.gap);
        return 1;
      case 'word': {
        const { boot, seq } = parcel.word;
        const left = await this.#queue.settle(boot, [[seq, seq]], []);
        if (left > 0) this.#listener.settled(left);
        if (left > 0) this.#listener.wordStored(parcel.word);
        return 1;
      }
      case 'batch':
        return ack ? this.#settleBatch(parcel.batch, ack) : 0;
    }
  }

  async #settleBatch({ boot }: QueuedBatch, ack: BatchAck): Promise<number> {
    const refused = ack.refused.flatMap(({ seq }) => (seq === null ? [] : [seq]));
    const left = await this.#queue.settle(boot, ack.settled, refused);
    const last = ack.refused.at(-1);
    if (left > 0 && last) this.#listener.refused(refused.length, toReason(last.code));
    if (left > 0) this.#listener.settled(left - refused.length);
    return left;
  }

  #errored(lane: Lane, parcel: Parcel, error: IngestError): void {
    const isAboutIt = error.code === 'too_large' || error.code === 'invalid_frame';
    if (parcel.kind === 'batch' && isAboutIt) this.#tooMuch(lane, parcel.batch, toReason(error.code));
    else if (parcel.kind === 'word' && (isAboutIt || error.code === 'invalid_message')) {
      lane.clear();
      this.#giveUp(parcel.word, toReason(error.code));
    } else {
      if (error.code === 'pending_approval') this.#listener.approval('pending');
      // About the hub or the link, not about a frame: nothing is given up for it.
      lane.clear();
      this.#holdFor(lane, error.retryAfterMs, toReason(error.code));
    }
  }

  /** Halves; a single frame that is still too much is given up, or the queue would never move again. */
  #tooMuch(lane: Lane, batch: QueuedBatch, reason: ReasonCode): void {
    const [only] = batch.frames;
    lane.shrink();
    lane.clear();
    if (only && batch.frames.length === 1) this.#giveUp({ boot: batch.boot, seq: only.seq }, reason);
    else this.wake();
  }

  #giveUp({ boot, seq }: Pick<QueuedRow, 'boot' | 'seq'>, reason: ReasonCode): void {
    this.#queue.giveUp(boot, seq).then(
      (isThere) => {
        if (isThere) this.#listener.refused(1, reason);
        this.wake();
      },
      (error: unknown) => this.#listener.failed(error),
    );
  }

  #holdFor(lane: Lane, retryAfterMs: number | undefined, reason: ReasonCode): void {
    const courtesyMs = lane === this.#backfill && retryAfterMs !== undefined ? COURTESY_MS : 0;
    lane.holdFor((failures) =>
      Math.min((retryAfterMs ?? this.#timings.backOff(failures)) + courtesyMs, LONGEST_HOLD_MS),
    );
    this.#listener.held(reason);
  }

  #lost(code: number | null): void {
    const underWay = this.#lanes.filter((lane) => lane.parcel?.kind === 'batch' && !this.#isAside(lane));
    const [biggest] = underWay.sort((a, b) => (b.parcel ? sizeOf(b.parcel) : 0) - (a.parcel ? sizeOf(a.parcel) : 0));
    const parcel = biggest?.parcel;
    if (code === CLOSE.messageTooBig && biggest && parcel?.kind === 'batch')
      this.#tooMuch(biggest, parcel.batch, 'too-big');
    for (const lane of this.#lanes) lane.clear();
  }
}
