import type { SeqRange } from '../../../common/model/delivery';
import type { JsonObject } from '../../../common/model/frame';
import {
  type BatchLimit,
  type QueuedBatch,
  type QueuedRow,
  readFirst,
  readLive,
  readOldest,
  readWord,
} from './batches';
import {
  type Boot,
  change,
  type FrameRow,
  openQueueDatabase,
  type QueueDatabase,
  type RowKey,
  readTally,
  type Tally,
} from './database';
import { makeRoom, noteGaps } from './make-room';
import { type Lane, toLane, toWorth, WORTH } from './worth';

/** What the screen shows: captured = delivered + refused + dropped + waiting, always. */
export interface QueueCounts extends Tally {
  readonly waiting: number;
}

/** Frames given up that the hub does not know of yet. */
export interface Gap {
  readonly id: number;
  readonly boot: string;
  readonly ranges: readonly SeqRange[];
}

/** Of the cap: room is made for more than the one frame that comes, or the next one would need it again. */
const ROOM_SHARE = 0.05;
const encoder = new TextEncoder();
const withWaiting = (tally: Tally): QueueCounts => ({
  ...tally,
  waiting: tally.captured - tally.delivered - tally.refused - tally.dropped,
});
const isOutOfQuota = (error: unknown): boolean => error instanceof Error && error.name === 'QuotaExceededError';

/**
 * The frames and words of this phone that the hub has not confirmed. Rows and counters change in one transaction, so the
 * counts are true across reload and crash, and with two tabs open. Its bound is `capBytes`, or the browser's quota where
 * that is less: what is worth least makes room, and a `capture` rejects only when nothing can go.
 */
export class FrameQueue {
  readonly boot: Boot;
  readonly #database: QueueDatabase;
  #counts: QueueCounts;
  #capBytes: number;
  #lastSeq = 0;
  /** Captures one after another: a seq is used up only by a commit, so a failed one leaves no hole. */
  #capturing: Promise<unknown> = Promise.resolve();
  /** On their way to the hub: these are neither read again nor given up. */
  readonly #busy = new Set<string>();

  private constructor(database: QueueDatabase, boot: Boot, tally: Tally, capBytes: number) {
    this.#database = database;
    this.boot = boot;
    this.#counts = withWaiting(tally);
    this.#capBytes = capBytes;
  }

  static async open(boot: Boot, name = 'perch-phone', capBytes = Number.POSITIVE_INFINITY): Promise<FrameQueue> {
    const database = await openQueueDatabase(name);
    return new FrameQueue(database, boot, await readTally(database), capBytes);
  }

  get counts(): QueueCounts {
    return this.#counts;
  }

  /** UTF-8 bytes; less than at the start once the browser refused to keep that much. */
  get capBytes(): number {
    return this.#capBytes;
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

  async #store(row: Pick<FrameRow, 'capturedAtMs' | 'body' | 'sizeBytes' | 'lane' | 'worth'>): Promise<number> {
    if (this.#counts.bytes + row.sizeBytes > this.#capBytes) await this.#makeRoom(row.sizeBytes);
    try {
      return await this.#write(row);
    } catch (error) {
      if (!isOutOfQuota(error)) throw error;
      this.#capBytes = this.#counts.bytes;
      await this.#makeRoom(row.sizeBytes);
      return this.#write(row);
    }
  }

  async #write(row: Pick<FrameRow, 'capturedAtMs' | 'body' | 'sizeBytes' | 'lane' | 'worth'>): Promise<number> {
    const seq = this.#lastSeq + 1;
    const { name: boot, openedAtMs } = this.boot;
    // strict: the frame is the evidence, it must survive a phone that runs out of battery.
    const counted = await change(
      this.#database,
      async (tx, tally) => {
        await tx.objectStore('frames').add({ openedAtMs, boot, seq, ...row });
        const media = tally.media + (row.lane === 'media' ? 1 : 0);
        return { ...tally, captured: tally.captured + 1, bytes: tally.bytes + row.sizeBytes, media };
      },
      'strict',
    );
    this.#lastSeq = seq;
    this.#counts = withWaiting(counted);
    return seq;
  }

  async #makeRoom(sizeBytes: number): Promise<void> {
    const mayGo = (boot: string, seq: number): boolean => !this.#busy.has(`${boot}:${seq}`);
    const counted = await change(this.#database, (tx, tally) => {
      const need = tally.bytes + sizeBytes - this.#capBytes * (1 - ROOM_SHARE);
      return need > 0 ? makeRoom(tx, tally, need, mayGo) : Promise.resolve(tally);
    });
    this.#counts = withWaiting(counted);
  }

  /** The newest frames of this page load without media, captured since then, in order of capture; null when there are none. */
  async takeLive(limit: BatchLimit, sinceMs: number): Promise<QueuedBatch | null> {
    return this.#take(await readLive(this.#database, this.boot, limit, sinceMs, this.#isBusy));
  }

  /** The oldest frames of one lane and one boot, but not those that {@link takeLive} gives. */
  async takeOldest(lane: Lane, limit: BatchLimit, liveSinceMs: number): Promise<QueuedBatch | null> {
    const isLive = ({ boot, capturedAtMs }: FrameRow): boolean =>
      lane === 'plain' && boot === this.boot.name && capturedAtMs >= liveSinceMs;
    return this.#take(await readOldest(this.#database, lane, limit, (row) => isLive(row) || this.#isBusy(row)));
  }

  /** The word to send next: an SOS before all others. */
  async takeWord(): Promise<QueuedRow | null> {
    const word = await readWord(this.#database, this.#isBusy);
    if (word) this.#busy.add(`${word.boot.name}:${word.seq}`);
    return word;
  }

  /** The oldest call for help that waits; it is not taken for it. */
  peekSos(): Promise<QueuedRow | null> {
    return readFirst(this.#database, 'sos', () => false);
  }

  #isBusy = ({ boot, seq }: FrameRow): boolean => this.#busy.has(`${boot}:${seq}`);

  #take(batch: QueuedBatch | null): QueuedBatch | null {
    for (const { seq } of batch?.frames ?? []) this.#busy.add(`${batch?.boot.name}:${seq}`);
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
    const isRefused = new Set(refused);
    const ranges = [...settled, ...refused.map((seq): SeqRange => [seq, seq])];
    let left = 0;
    const counted = await change(this.#database, async (tx, tally) => {
      let next = tally;
      for (const [from, to] of ranges) {
        if (from > to) continue;
        const range = IDBKeyRange.bound([boot.openedAtMs, boot.name, from], [boot.openedAtMs, boot.name, to]);
        let cursor = await tx.objectStore('frames').openCursor(range);
        while (cursor) {
          next = withoutRow(next, cursor.value, isRefused.has(cursor.value.seq) ? 'refused' : 'delivered');
          left += 1;
          await cursor.delete();
          cursor = await cursor.continue();
        }
      }
      return next;
    });
    this.#counts = withWaiting(counted);
    return left;
  }

  /** The hub will never take this frame and does not know its number: it is told like one that was given up. */
  async giveUp(boot: Boot, seq: number): Promise<boolean> {
    const key: RowKey = [boot.openedAtMs, boot.name, seq];
    let isThere = false;
    const counted = await change(this.#database, async (tx, tally) => {
      const row = await tx.objectStore('frames').get(key);
      if (!row) return tally;
      isThere = true;
      await tx.objectStore('frames').delete(key);
      await noteGaps(tx, [key]);
      return withoutRow(tally, row, 'refused');
    });
    this.#counts = withWaiting(counted);
    return isThere;
  }

  /** Gives up everything that waits. */
  async discard(): Promise<void> {
    const counted = await change(this.#database, async (tx, tally) => {
      const rows = tx.objectStore('frames');
      const keys = await rows.getAllKeys();
      await rows.clear();
      await noteGaps(tx, keys);
      return { ...tally, dropped: tally.dropped + keys.length, bytes: 0, media: 0 };
    });
    this.#counts = withWaiting(counted);
  }

  /** What was given up and the hub does not know of yet; null when it knows all. */
  async nextGap(): Promise<Gap | null> {
    const cursor = await this.#database.transaction('gaps').store.openCursor();
    return cursor && { id: cursor.primaryKey, ...cursor.value };
  }

  async closeGap({ id }: Gap): Promise<void> {
    await this.#database.delete('gaps', id);
  }

  /** Whether a word of that lane waits. */
  async has(lane: Lane): Promise<boolean> {
    const keys = IDBKeyRange.bound([lane], [`${lane}\uffff`]);
    return (await this.#database.countFromIndex('frames', 'byLane', keys)) > 0;
  }

  /** Everything that waits, oldest first, one after another: a photo each could be too much at once. */
  async forEach(take: (row: FrameRow) => void): Promise<void> {
    let cursor = await this.#database.transaction('frames').store.openCursor();
    while (cursor) {
      take(cursor.value);
      cursor = await cursor.continue();
    }
  }

  close(): void {
    this.#database.close();
  }
}

const withoutRow = (tally: Tally, row: FrameRow, as: 'delivered' | 'refused'): Tally => ({
  ...tally,
  [as]: tally[as] + 1,
  bytes: tally.bytes - row.sizeBytes,
  media: tally.media - (row.lane === 'media' ? 1 : 0),
});
