import type { SeqRange } from '../../../common/model/delivery';
import type { Boot, FrameRow, QueueDatabase } from './database';
import type { Lane } from './worth';

/** Frames of one boot, in order of capture, at least one. */
export interface QueuedBatch {
  readonly boot: Boot;
  readonly frames: readonly { readonly seq: number; readonly body: string }[];
  readonly sizeBytes: number;
  /** Device clock of its newest frame, ms since the epoch. */
  readonly newestCapturedAtMs: number;
}

/** One word of a person. */
export interface QueuedRow {
  readonly boot: Boot;
  readonly seq: number;
  readonly body: string;
  readonly sizeBytes: number;
}

/** Frames given up that the hub does not know of yet. */
export interface Gap {
  readonly id: number;
  readonly boot: string;
  readonly ranges: readonly SeqRange[];
}

/** How much one batch may hold. One frame is taken whatever its size: it cannot be made smaller. */
export interface BatchLimit {
  readonly frames: number;
  readonly bytes: number;
}

type IsLeftOut = (row: FrameRow) => boolean;

/** Which rows are meant. */
export interface Choice {
  /** By boot: the rows of others are passed over without reading each. */
  readonly isOurs: (boot: string) => boolean;
  readonly isLeftOut: IsLeftOut;
}

const ofLane = (lane: Lane): IDBKeyRange => IDBKeyRange.bound([lane], [`${lane}\uffff`]);

/** Gathers rows of one boot until the limit is reached. */
class Gathering {
  readonly rows: FrameRow[] = [];
  #sizeBytes = 0;
  readonly #limit: BatchLimit;

  constructor(limit: BatchLimit) {
    this.#limit = limit;
  }

  get isFull(): boolean {
    return this.rows.length >= this.#limit.frames;
  }

  /** False when it does not fit any more, or is of another boot. */
  add(row: FrameRow): boolean {
    const [first] = this.rows;
    const isOtherBoot = first !== undefined && (row.boot !== first.boot || row.openedAtMs !== first.openedAtMs);
    if (isOtherBoot || (first && this.#sizeBytes + row.sizeBytes > this.#limit.bytes)) return false;
    this.rows.push(row);
    this.#sizeBytes += row.sizeBytes;
    return true;
  }

  toBatch(): QueuedBatch | null {
    const [first] = this.rows;
    if (!first) return null;
    const frames = [...this.rows].sort((a, b) => a.seq - b.seq).map(({ seq, body }) => ({ seq, body }));
    return {
      boot: { name: first.boot, openedAtMs: first.openedAtMs },
      frames,
      sizeBytes: this.#sizeBytes,
      newestCapturedAtMs: Math.max(...this.rows.map(({ capturedAtMs }) => capturedAtMs)),
    };
  }
}

/** The newest of this boot, from the last one back. */
export async function readLive(
  database: QueueDatabase,
  boot: Boot,
  limit: BatchLimit,
  sinceMs: number,
  isLeftOut: IsLeftOut,
): Promise<QueuedBatch | null> {
  const lane: Lane = 'plain';
  const range = IDBKeyRange.bound([lane, boot.openedAtMs, boot.name], [lane, boot.openedAtMs, `${boot.name}\uffff`]);
  const gathering = new Gathering(limit);
  let cursor = await database.transaction('frames').store.index('byLane').openCursor(range, 'prev');
  while (cursor && !gathering.isFull && cursor.value.capturedAtMs >= sinceMs) {
    if (!isLeftOut(cursor.value) && !gathering.add(cursor.value)) break;
    cursor = await cursor.continue();
  }
  return gathering.toBatch();
}

/** The oldest of one lane. */
export async function readOldest(
  database: QueueDatabase,
  lane: Lane,
  limit: BatchLimit,
  { isOurs, isLeftOut }: Choice,
): Promise<QueuedBatch | null> {
  const gathering = new Gathering(limit);
  // A cursor, not getAll: two hundred photos at once would be a hundred megabytes.
  let cursor = await database.transaction('frames').store.index('byLane').openCursor(ofLane(lane));
  while (cursor && !gathering.isFull) {
    const { openedAtMs, boot } = cursor.value;
    if (!isOurs(boot)) {
      cursor = await cursor.continue([lane, openedAtMs, `${boot}\uffff`, 0]);
      continue;
    }
    if (!isLeftOut(cursor.value) && !gathering.add(cursor.value)) break;
    cursor = await cursor.continue();
  }
  return gathering.toBatch();
}

/** The next word: an SOS before all others, else the oldest. */
export async function readWord(database: QueueDatabase, choice: Choice): Promise<QueuedRow | null> {
  return (await readFirst(database, 'sos', choice)) ?? (await readFirst(database, 'word', choice));
}

/** The oldest row of one lane. */
export async function readFirst(database: QueueDatabase, lane: Lane, choice: Choice): Promise<QueuedRow | null> {
  const batch = await readOldest(database, lane, { frames: 1, bytes: 0 }, choice);
  const [row] = batch?.frames ?? [];
  return batch && row ? { boot: batch.boot, ...row, sizeBytes: batch.sizeBytes } : null;
}

/** The first of what was given up. */
export async function readGap(database: QueueDatabase, isOurs: (boot: string) => boolean): Promise<Gap | null> {
  let cursor = await database.transaction('gaps').store.openCursor();
  while (cursor && !isOurs(cursor.value.boot)) cursor = await cursor.continue();
  return cursor && { id: cursor.primaryKey, ...cursor.value };
}
