import type { Database } from 'better-sqlite3';
import { assertGoesOn } from './log-steps';
import { type Position, prepareTrails, type TrailStatements } from './statements/trail-statements';
import { packPoints } from './trail-points';

/**
 * Frames whose positions are in no trail yet: what a reader has to look for in the log itself. Written together they cost a
 * tenth of what an index of them costs.
 */
const MOST_FRAMES = 4096;
/** Of one row: 3 kB fit a page. */
const MOST_POINTS = 128;
/** A longer silence begins another row: a row stands for a short time, also while a phone sends its queue beside what is new. */
const GAP_MS = 60_000;
/** Frames looked through at a time when trails are made anew. */
const CATCH_UP_FRAMES = 50_000;

/** Keeps `trails` true but for its end, which readers find in the log: see READS.newPositions. */
export class Trails {
  readonly #statements: TrailStatements;
  /** null: to be asked of the database. */
  #waiting: Position[] | null = null;
  /** The last frame whose position is in a trail. */
  #upTo = 0;

  constructor(statements: TrailStatements) {
    this.#statements = statements;
  }

  add(position: Position): void {
    // The frame that makes us ask is among the answer already.
    if (this.#waiting === null) this.#known();
    else this.#waiting.push(position);
  }

  /** Before COMMIT. @param lastFrameId of the log */
  flushWhenMany(lastFrameId: number): void {
    if (lastFrameId - this.#upTo >= MOST_FRAMES) this.flush(lastFrameId);
  }

  /** Within a transaction. */
  flush(lastFrameId: number): void {
    writeTrails(this.#statements, this.#known(), lastFrameId);
    this.#waiting = [];
    this.#upTo = lastFrameId;
  }

  /** After a rollback the memory is ahead of the disk. */
  forget(): void {
    this.#waiting = null;
  }

  #known(): Position[] {
    if (this.#waiting === null) {
      this.#upTo = this.#statements.upTo.get() ?? 0;
      this.#waiting = this.#statements.positions.all(this.#upTo, Number.MAX_SAFE_INTEGER);
    }
    return this.#waiting;
  }
}

/**
 * Makes the trails of all frames that are in none, within a transaction and in memory of bounded size.
 * @throws StoreError closed, once it is to stop
 */
export function catchUp(db: Database, isStopped: () => boolean = () => false): void {
  const statements = prepareTrails(db);
  const last = statements.newestFrame.get() ?? 0;
  for (let from = statements.upTo.get() ?? 0; from < last; from += CATCH_UP_FRAMES) {
    assertGoesOn(isStopped);
    const upTo = Math.min(last, from + CATCH_UP_FRAMES);
    writeTrails(statements, statements.positions.all(from, upTo), upTo);
  }
}

function writeTrails(statements: TrailStatements, positions: Position[], upTo: number): void {
  for (const run of toRuns(positions)) {
    const last = run.at(-1);
    if (last) statements.insert.run(last.session, last.device, last.atMs, last.frameId, packPoints(run));
  }
  statements.saveUpTo.run(String(upTo));
}

/** Positions in the order of time, those of one row together. */
function toRuns(positions: Position[]): Position[][] {
  const runs: Position[][] = [];
  let run: Position[] = [];
  let last: Position | null = null;
  for (const position of positions.sort(byOwnerAndTime)) {
    const goesOn =
      last !== null &&
      last.session === position.session &&
      last.device === position.device &&
      position.atMs - last.atMs <= GAP_MS &&
      run.length < MOST_POINTS;
    if (!goesOn) {
      run = [];
      runs.push(run);
    }
    run.push(position);
    last = position;
  }
  return runs;
}

const byOwnerAndTime = (a: Position, b: Position): number =>
  a.session - b.session || a.device - b.device || a.atMs - b.atMs || a.frameId - b.frameId;
