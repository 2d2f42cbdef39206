import type { Position, WriteStatements } from './statements/write-statements';

/**
 * Frames whose positions are not yet in their table: what a trail has to look for in the log itself. Sorted and written
 * together, positions cost a third of what they cost one by one.
 */
const MOST_FRAMES = 4096;

/** Keeps `positions` true but for its end, which readers find in the log: see READS.newPositions. */
export class Positions {
  readonly #statements: WriteStatements;
  /** null: to be asked of the database. */
  #waiting: Position[] | null = null;
  /** The last frame whose position is in the table. */
  #upTo = 0;

  constructor(statements: WriteStatements) {
    this.#statements = statements;
  }

  add(position: Position): void {
    this.#known().push(position);
  }

  /** Before COMMIT. @param lastFrameId of the log */
  flushWhenMany(lastFrameId: number): void {
    if (lastFrameId - this.#upTo >= MOST_FRAMES) this.flush(lastFrameId);
  }

  /** Within a transaction. */
  flush(lastFrameId: number): void {
    for (const { session, device, liveAtMs, frameId, latitude, longitude } of this.#known().sort(byKey)) {
      this.#statements.insertPosition.run(session, device, liveAtMs, frameId, latitude, longitude);
    }
    this.#waiting = [];
    this.#upTo = lastFrameId;
    this.#statements.savePositionsUpTo.run(lastFrameId);
  }

  /** After a rollback the memory is ahead of the disk. */
  forget(): void {
    this.#waiting = null;
  }

  /** The frame that made us ask is among the answer already: what is there twice is written once. */
  #known(): Position[] {
    if (this.#waiting === null) {
      this.#upTo = this.#statements.positionsUpTo.get() ?? 0;
      this.#waiting = this.#statements.positionsAfter.all(this.#upTo);
    }
    return this.#waiting;
  }
}

const byKey = (a: Position, b: Position): number =>
  a.session - b.session || a.device - b.device || a.liveAtMs - b.liveAtMs || a.frameId - b.frameId;
