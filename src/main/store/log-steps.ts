import type { LogRange } from './statements/read-statements';
import { StoreError } from './store-error';

/** Ids looked at in one go, some 20 ms: between two steps a reader can stop. */
const STEP_IDS = 100_000;

/** A range in pieces, in order. @throws StoreError closed, once the reader is to stop */
export function* stepsOf(range: LogRange, isStopped: () => boolean): Generator<LogRange> {
  for (let first = range.firstFrameId; first <= range.lastFrameId; first += STEP_IDS) {
    assertGoesOn(isStopped);
    yield { ...range, firstFrameId: first, lastFrameId: Math.min(range.lastFrameId, first + STEP_IDS - 1) };
  }
}

/** Rows one by one. @throws StoreError closed, once their reader is to stop */
export function* untilStopped<T>(rows: Iterable<T>, isStopped: () => boolean): Generator<T> {
  for (const row of rows) {
    assertGoesOn(isStopped);
    yield row;
  }
}

function assertGoesOn(isStopped: () => boolean): void {
  if (isStopped()) throw new StoreError('closed', 'The store is closed.');
}
