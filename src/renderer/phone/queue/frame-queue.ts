import type { SeqRange } from '../../../common/model/delivery';
import type { JsonObject } from '../../../common/model/frame';
import { randomId } from '../identity/random-id';
import {
  type BatchLimit,
  type Gap,
  type QueuedBatch,
  type QueuedRow,
  readFirst,
  readGap,
  readLive,
  readOldest,
  readWord,
} from './batches';
import { addCaptured, claimCaptured, readCaptured } from './captured';
import { QueueConnection } from './connection';
import { type Boot, change, type FrameRow, readTally, type Tally, type Writing } from './database';
import { type Bound, bindBoots, countHeld, type Held, moveSos } from './hubs';
import { discardRows, giveUpRow, settleRows } from './leave';
import { makeRoom } from './make-room';
import { type Lane, toLane, toWorth, WORTH } from './worth';

/** What the screen shows: captured = delivered + refused + dropped + waiting + held, always. */
export interface QueueCounts extends Tally {
  /** For the hub that answers, or for the first that will. */
  readonly waiting: number;
  /** Captured for another hub: kept, and not sent to this one. */
  readonly held: number;
  /** Captured for the hub that answers, over all page loads; null before the first welcome of this one. */
  readonly capturedHere: number | null;
}

/** What waits for the hub that answers, or what is held for others. */
export type Part = 'waiting' | 'held';

/** Of the cap: room is made for more than the one frame that comes, or the next one would need it again. */
const ROOM_SHARE = 0.05;
const encoder = new TextEncoder();
const isOutOfQuota = (error: unknown): boolean => error instanceof Error && error.name === 'QuotaExceededError';

type NewRow = Pick<FrameRow, 'capturedAtMs' | 'body' | 'sizeBytes' | 'lane' | 'worth'>;

/**
 * The frames and words of this phone that the hub has not confirmed. Rows and counters change in one transaction, so the
 * counts are true across reload and crash, and with two tabs open. Its bound is `capBytes`, or the browser's quota where
 * that is less: what is worth least makes room, and a `capture` rejects only when nothing can go. What was captured for one
 * hub is never given to another: see {@link meet}.
 */
export class FrameQueue {
  readonly #connection: QueueConnection;
  #boot: Boot;
  #tally: Tally;
  #capBytes: number;
  #lastSeq = 0;
  /** Captures one after another: a seq is used up only by a commit, so a failed one leaves no hole. */
  #capturing: Promise<unknown> = Promise.resolve();
  /** On their way to the hub: these are neither read again nor given up. */
  readonly #busy = new Set<string>();
  /** The hub that answers; null before the first welcome of this page load, when nothing is given out. */
  #hubId: string | null = null;
  #bound: Bound = { ours: new Set(), others: new Set() };
  #held: Held = { frames: 0, media: 0 };
  #capturedHere: number | null = null;
  #meeting: Promise<unknown> = Promise.resolve();

  private constructor(connection: QueueConnection, boot: Boot, tally: Tally, capBytes: number) {
    this.#connection = connection;
    this.#boot = boot;
    this.#tally = tally;
    this.#capBytes = capBytes;
  }

  static async open(boot: Boot, name = 'perch-phone', capBytes = Number.POSITIVE_INFINITY): Promise<FrameQueue> {
    const connection = new QueueConnection(name);
    return new FrameQueue(connection, boot, await connection.use(readTally), capBytes);
  }

  /** The counting epoch of what is captured now: a new one with each page load, and with each other hub. */
  get boot(): Boot {
    return this.#boot;
  }

  get counts(): QueueCounts {
    const { captured, delivered, refused, dropped, media } = this.#tally;
    const { frames: held, media: heldMedia } = this.#held;
    const waiting = captured - delivered - refused - dropped - held;
    return { ...this.#tally, media: media - heldMedia, waiting, held, capturedHere: this.#capturedHere };
  }

  /** UTF-8 bytes; less than at the start once the browser refused to keep that much. */
  get capBytes(): number {
    return this.#capBytes;
  }

  /**
   * A hub has welcomed this phone: what was captured before any welcome is for it, what is bound to another hub is held.
   * Until this resolves nothing is given out. A phone that was with another hub just now counts anew; a call for help that
   * waits goes along.
   */
  meet(hubId: string): Promise<void> {
    // At once: what was read for the last hub must not leave on the new link.
    if (hubId !== this.#hubId) {
      this.#bound = { ours: new Set(), others: this.#bound.others };
      this.#capturedHere = null;
    }
    this.#hubId = hubId;
    const met = this.#capturing.then(() => this.#bind(hubId));
    this.#capturing = met.catch(() => undefined);
    this.#meeting = this.#capturing;
    return met;
  }

  async #bind(hubId: string): Promise<void> {
    const nowMs = Date.now();
    let bound = this.#bound;
    let boot = this.#boot;
    let lastSeq = this.#lastSeq;
    let captured = 0;
    await this.#change(async (tx, tally) => {
      boot = this.#boot;
      bound = await bindBoots(tx, hubId, this.#boot, nowMs);
      if (bound.others.has(boot.name)) {
        boot = { name: randomId(), openedAtMs: nowMs };
        lastSeq = await moveSos(tx, this.#boot, boot);
        bound = await bindBoots(tx, hubId, boot, nowMs);
      }
      await claimCaptured(tx, hubId, bound.ours);
      captured = await readCaptured(tx, hubId);
      return tally;
    });
    this.#boot = boot;
    this.#lastSeq = lastSeq;
    // Another hub may have come meanwhile.
    if (hubId === this.#hubId) {
      this.#bound = bound;
      this.#capturedHere = captured;
    }
    await this.#countHeld();
  }

  async #countHeld(): Promise<void> {
    this.#held = await this.#connection.use((database) => countHeld(database, this.#bound.others));
  }

  async #change(work: (tx: Writing, tally: Tally) => Promise<Tally>, durability?: IDBTransactionDurability) {
    this.#tally = await this.#connection.use((database) => change(database, work, durability));
  }

  /** Resolves with its seq once the frame is on the phone's disk. Rejects when the browser keeps no more. */
  capture(frame: JsonObject, capturedAtMs: number): Promise<number> {
    const body = JSON.stringify(frame);
    const worth = toWorth(body);
    return this.#add(body, capturedAtMs, worth, toLane(worth));
  }

  /** A word of a person: the message without boot and seq. It is never given up. */
  captureWord(word: JsonObject, capturedAtMs: number): Promise<number> {
    return this.#add(JSON.stringify(word), capturedAtMs, WORTH.word, word.type === 'sos' ? 'sos' : 'word');
  }

  #add(body: string, capturedAtMs: number, worth: number, lane: Lane): Promise<number> {
    const sizeBytes = encoder.encode(body).byteLength;
    const row = { capturedAtMs, body, sizeBytes, lane, worth };
    const result = this.#capturing.then(() => this.#store(row));
    this.#capturing = result.catch(() => undefined);
    return result;
  }

  async #store(row: NewRow): Promise<number> {
    if (this.#tally.bytes + row.sizeBytes > this.#capBytes) await this.#makeRoom(row.sizeBytes);
    try {
      return await this.#write(row);
    } catch (error) {
      if (!isOutOfQuota(error)) throw error;
      this.#capBytes = this.#tally.bytes;
      await this.#makeRoom(row.sizeBytes);
      return this.#write(row);
    }
  }

  async #write(row: NewRow): Promise<number> {
    const seq = this.#lastSeq + 1;
    const { name: boot, openedAtMs } = this.#boot;
    const hubId = this.#hubId;
    let captured: number | null = null;
    // strict: the frame is the evidence, it must survive a phone that runs out of battery.
    await this.#change(async (tx, tally) => {
      const frames = tx.objectStore('frames');
      // Committed by a first try whose connection was lost before it could say so.
      if ((await frames.getKey([openedAtMs, boot, seq])) !== undefined) return tally;
      await frames.add({ openedAtMs, boot, seq, ...row });
      await addCaptured(tx, boot, 1);
      if (hubId !== null) captured = await readCaptured(tx, hubId);
      const media = tally.media + (row.lane === 'media' ? 1 : 0);
      return { ...tally, captured: tally.captured + 1, bytes: tally.bytes + row.sizeBytes, media };
    }, 'strict');
    this.#lastSeq = seq;
    // Not before it is known what of earlier is that hub's.
    if (hubId === this.#hubId && this.#capturedHere !== null) this.#capturedHere = captured ?? this.#capturedHere;
    return seq;
  }

  async #makeRoom(sizeBytes: number): Promise<void> {
    const mayGo = (boot: string, seq: number): boolean => !this.#busy.has(`${boot}:${seq}`);
    await this.#change((tx, tally) => {
      const need = tally.bytes + sizeBytes - this.#capBytes * (1 - ROOM_SHARE);
      return need > 0 ? makeRoom(tx, tally, need, mayGo) : Promise.resolve(tally);
    });
    await this.#countHeld();
  }

  /** The newest frames of this page load without media, captured since then, in order of capture; null when there are none. */
  takeLive(limit: BatchLimit, sinceMs: number): Promise<QueuedBatch | null> {
    return this.#take((isLeftOut) =>
      this.#connection.use((database) => readLive(database, this.#boot, limit, sinceMs, isLeftOut)),
    );
  }

  /** The oldest frames of one lane and one boot, but not those that {@link takeLive} gives. */
  takeOldest(lane: Lane, limit: BatchLimit, liveSinceMs: number): Promise<QueuedBatch | null> {
    const isLive = ({ boot, capturedAtMs }: FrameRow): boolean =>
      lane === 'plain' && boot === this.#boot.name && capturedAtMs >= liveSinceMs;
    return this.#take((isLeftOut) =>
      this.#connection.use((database) =>
        readOldest(database, lane, limit, { isOurs: this.#isOurs, isLeftOut: (row) => isLive(row) || isLeftOut(row) }),
      ),
    );
  }

  /** The word to send next: an SOS before all others. */
  async takeWord(): Promise<QueuedRow | null> {
    await this.#meeting;
    const choice = { isOurs: this.#isOurs, isLeftOut: this.#isBusy };
    const word = await this.#connection.use((database) => readWord(database, choice));
    if (!word || !this.#isOurs(word.boot.name)) return null;
    this.#busy.add(`${word.boot.name}:${word.seq}`);
    return word;
  }

  /** The oldest call for help that waits; it is not taken for it. Also before any welcome. */
  peekSos(): Promise<QueuedRow | null> {
    const choice = { isOurs: (boot: string) => !this.#bound.others.has(boot), isLeftOut: () => false };
    return this.#connection.use((database) => readFirst(database, 'sos', choice));
  }

  #isBusy = ({ boot, seq }: FrameRow): boolean => this.#busy.has(`${boot}:${seq}`);
  #isOurs = (boot: string): boolean => this.#bound.ours.has(boot);

  async #take(
    read: (isLeftOut: (row: FrameRow) => boolean) => Promise<QueuedBatch | null>,
  ): Promise<QueuedBatch | null> {
    await this.#meeting;
    const batch = await read(this.#isBusy);
    // Another hub may have answered while it was read.
    if (!batch || !this.#isOurs(batch.boot.name)) return null;
    for (const { seq } of batch.frames) this.#busy.add(`${batch.boot.name}:${seq}`);
    return batch;
  }

  /** They are not on their way any more: settled, or to be sent again. */
  release(boot: Boot, seqs: readonly number[]): void {
    for (const seq of seqs) this.#busy.delete(`${boot.name}:${seq}`);
  }

  /**
   * Takes out what the hub has settled. A frame counts once, however often its ack comes; a refused one counts as
   * refused whether or not `settled` names it. Resolves with the number of frames that left the queue.
   */
  async settle(boot: Boot, settled: readonly SeqRange[], refused: readonly number[]): Promise<number> {
    let left = 0;
    await this.#change(async (tx, tally) => {
      const after = await settleRows(tx, tally, boot, settled, refused);
      left = after.rows;
      return after.tally;
    });
    return left;
  }

  /** The hub will never take this frame and does not know its number: it is told like one that was given up. */
  async giveUp(boot: Boot, seq: number): Promise<boolean> {
    let isThere = false;
    await this.#change(async (tx, tally) => {
      const after = await giveUpRow(tx, tally, [boot.openedAtMs, boot.name, seq]);
      isThere = after.rows > 0;
      return after.tally;
    });
    return isThere;
  }

  /** Gives up everything that waits, or all that is held for other hubs. */
  async discard(part: Part): Promise<void> {
    await this.#change((tx, tally) => discardRows(tx, tally, (boot) => this.#partOf(boot) === part));
    await this.#countHeld();
  }

  #partOf = (boot: string): Part => (this.#bound.others.has(boot) ? 'held' : 'waiting');

  /** What was given up and the hub does not know of yet; null when it knows all. */
  async nextGap(): Promise<Gap | null> {
    await this.#meeting;
    const gap = await this.#connection.use((database) => readGap(database, this.#isOurs));
    return gap && this.#isOurs(gap.boot) ? gap : null;
  }

  async closeGap({ id }: Gap): Promise<void> {
    await this.#connection.use((database) => database.delete('gaps', id));
  }

  /** Whether a word of that lane waits. */
  async has(lane: Lane): Promise<boolean> {
    const choice = { isOurs: (boot: string) => this.#partOf(boot) === 'waiting', isLeftOut: () => false };
    return (await this.#connection.use((database) => readFirst(database, lane, choice))) !== null;
  }

  /** Everything that waits or is held, oldest first, one after another: a photo each could be too much at once. */
  async forEach(part: Part, take: (row: FrameRow) => void): Promise<void> {
    await this.#connection.use(async (database) => {
      let cursor = await database.transaction('frames').store.openCursor();
      while (cursor) {
        if (this.#partOf(cursor.value.boot) === part) take(cursor.value);
        cursor = await cursor.continue();
      }
    });
  }

  close(): void {
    this.#connection.close();
  }
}
