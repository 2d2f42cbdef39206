import type { LatencySummary } from './latency';
import type { DrillCounts } from './tally';

/** How a drill ended. */
export interface DrillResult {
  readonly phones: number;
  readonly rateHz: number;
  /** Frames were captured for this long, s. */
  readonly seconds: number;
  /** From the first connection to the last ack, s. */
  readonly elapsedS: number;
  readonly counts: DrillCounts;
  /** From a send to its ack, ms. */
  readonly latencyMs: LatencySummary;
  /** Every captured frame was acked. */
  readonly isComplete: boolean;
  /** What the hub took, in one sentence. */
  readonly sentence: string;
}
