import type { LogRange, ReadStatements } from './statements/read-statements';
import { StoreError } from './store-error';

/** Ids looked at in one go, some 20 ms: between two steps a reader can stop. */
const STEP_IDS = 100_000;

/**
 * A range in pieces, in order; of a session only where it is in the log.
 * @throws StoreError closed, once the reader is to stop
 */
export function* stepsOf(reads: ReadStatements, range: LogRange, isStopped: () => boolean): Generator<LogRange> {
  for (const span of range.session === null ? [range] : spansOf(reads, range)) {
    for (let first = span.firstFrameId; first <= span.lastFrameId; first += STEP_IDS) {
      assertGoesOn(isStopped);
      yield { ...range, firstFrameId: first, lastFrameId: Math.min(span.lastFrameId, first + STEP_IDS - 1) };
    }
  }
}

function spansOf(reads: ReadStatements, range: LogRange): { firstFrameId: number; lastFrameId: number }[] {
  return reads.spansOfSession.all(range).map(({ firstFrameId, lastFrameId }) => ({
    firstFrameId: Math.max(firstFrameId, range.firstFrameId),
    lastFrameId: Math.min(lastFrameId ?? range.lastFrameId, range.lastFrameId),
  }));
}

/** Rows one by one. @throws StoreError closed, once their reader is to stop */
export function* untilStopped<T>(rows: Iterable<T>, isStopped: () => boolean): Generator<T> {
  for (const row of rows) {
    assertGoesOn(isStopped);
    yield row;
  }
}

/** @throws StoreError closed, once the reader is to stop */
export function assertGoesOn(isStopped: () => boolean): void {
  if (isStopped()) throw new StoreError('closed', 'The store is closed.');
}
