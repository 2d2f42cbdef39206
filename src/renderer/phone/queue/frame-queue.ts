import type { SeqRange } from '../../../common/model/delivery';
import type { JsonObject } from '../../../common/model/frame';
import { type Boot, openQueueDatabase, type QueueDatabase, TALLY_KEY, type Tally } from './database';

/** What the screen shows: captured = delivered + refused + waiting, always. */
export interface QueueCounts extends Tally {
  readonly waiting: number;
}

/** Consecutive frames of one boot, oldest first, at least one. */
export interface QueuedBatch {
  readonly boot: Boot;
  readonly frames: readonly { readonly seq: number; readonly body: string }[];
  readonly sizeBytes: number;
  /** Device clock of its newest frame, ms since the epoch. */
  readonly newestCapturedAtMs: number;
}

/** How much one batch may hold. One frame is taken whatever its size: it cannot be made smaller. */
export interface BatchLimit {
  readonly frames: number;
  readonly bytes: number;
}

const EMPTY: Tally = { captured: 0, delivered: 0, refused: 0 };
const encoder = new TextEncoder();
const withWaiting = (tally: Tally): QueueCounts => ({
  ...tally,
  waiting: tally.captured - tally.delivered - tally.refused,
});

/**
 * The frames of this phone that the hub has not confirmed. Rows and counters change in one transaction, so the counts
 * are true across reload and crash, and with two tabs open. Its bound is the browser's quota: a `capture` beyond it
 * rejects and the frame is not counted.
 */
export class FrameQueue {
  readonly boot: Boot;
  readonly #database: QueueDatabase;
  #counts: QueueCounts;
  #lastSeq = 0;
  /** Captures one after another: a seq is used up only by a commit, so a failed one leaves no hole. */
  #capturing: Promise<unknown> = Promise.resolve();

  private constructor(database: QueueDatabase, boot: Boot, tally: Tally) {
    this.#database = database;
    this.boot = boot;
    this.#counts = withWaiting(tally);
  }

  static async open(boot: Boot, name = 'perch-phone'): Promise<FrameQueue> {
    const database = await openQueueDatabase(name);
    return new FrameQueue(database, boot, (await database.get('tally', TALLY_KEY)) ?? EMPTY);
  }

  get counts(): QueueCounts {
    return this.#counts;
  }

  /** Resolves with its seq once the frame is on the phone's disk. Rejects when the browser keeps no more. */
  capture(frame: JsonObject, capturedAtMs: number): Promise<number> {
    const result = this.#capturing.then(() => this.#store(JSON.stringify(frame), capturedAtMs));
    this.#capturing = result.catch(() => undefined);
    return result;
  }

  async #store(body: string, capturedAtMs: number): Promise<number> {
    const seq = this.#lastSeq + 1;
    const sizeBytes = encoder.encode(body).byteLength;
    const { name: boot, openedAtMs } = this.boot;
    // strict: the frame is the evidence, it must survive a phone that runs out of battery.
    const tx = this.#database.transaction(['frames', 'tally'], 'readwrite', { durability: 'strict' });
    const tally = (await tx.objectStore('tally').get(TALLY_KEY)) ?? EMPTY;
    const next = { ...tally, captured: tally.captured + 1 };
    await Promise.all([
      tx.objectStore('frames').add({ openedAtMs, boot, seq, capturedAtMs, body, sizeBytes }),
      tx.objectStore('tally').put(next, TALLY_KEY),
      tx.done,
    ]);
    this.#lastSeq = seq;
    this.#counts = withWaiting(next);
    return seq;
  }

  /** The oldest waiting frames of one boot, older boots first; null when nothing waits. Takes nothing out. */
  async nextBatch(limit: BatchLimit): Promise<QueuedBatch | null> {
    const frames: { seq: number; body: string }[] = [];
    let boot: Boot | null = null;
    let sizeBytes = 0;
    let newestCapturedAtMs = 0;
    // A cursor, not getAll: two hundred photos at once would be a hundred megabytes.
    let cursor = await this.#database.transaction('frames').store.openCursor();
    while (cursor && frames.length < limit.frames) {
      const row = cursor.value;
      boot ??= { name: row.boot, openedAtMs: row.openedAtMs };
      const isOtherBoot = row.boot !== boot.name || row.openedAtMs !== boot.openedAtMs;
      if (isOtherBoot || (frames.length > 0 && sizeBytes + row.sizeBytes > limit.bytes)) break;
      frames.push({ seq: row.seq, body: row.body });
      sizeBytes += row.sizeBytes;
      newestCapturedAtMs = row.capturedAtMs;
      cursor = await cursor.continue();
    }
    return boot && { boot, frames, sizeBytes, newestCapturedAtMs };
  }

  /**
   * Takes out what the hub has settled. A frame counts once, however often its ack comes; a refused one counts as
   * refused whether or not `settled` names it. Resolves with the number of frames that left the queue.
   */
  async settle(boot: Boot, settled: readonly SeqRange[], refused: readonly number[]): Promise<number> {
    const isRefused = new Set(refused);
    const ranges = [...settled, ...refused.map((seq): SeqRange => [seq, seq])];
    const tx = this.#database.transaction(['frames', 'tally'], 'readwrite');
    const rows = tx.objectStore('frames');
    let tally = (await tx.objectStore('tally').get(TALLY_KEY)) ?? EMPTY;
    let left = 0;
    for (const [from, to] of ranges) {
      if (from > to) continue;
      const range = IDBKeyRange.bound([boot.openedAtMs, boot.name, from], [boot.openedAtMs, boot.name, to]);
      const keys = await rows.getAllKeys(range);
      await rows.delete(range);
      const refusedHere = keys.filter(([, , seq]) => isRefused.has(seq)).length;
      left += keys.length;
      tally = {
        captured: tally.captured,
        delivered: tally.delivered + keys.length - refusedHere,
        refused: tally.refused + refusedHere,
      };
    }
    await Promise.all([tx.objectStore('tally').put(tally, TALLY_KEY), tx.done]);
    this.#counts = withWaiting(tally);
    return left;
  }

  /** Everything that waits, oldest first, one after another: a photo each could be too much at once. */
  async forEach(take: (boot: Boot, seq: number, body: string) => void): Promise<void> {
    let cursor = await this.#database.transaction('frames').store.openCursor();
    while (cursor) {
      const { openedAtMs, boot, seq, body } = cursor.value;
      take({ name: boot, openedAtMs }, seq, body);
      cursor = await cursor.continue();
    }
  }

  close(): void {
    this.#database.close();
  }
}
