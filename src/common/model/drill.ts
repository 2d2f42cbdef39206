/**
 * `starting`: the throw-away hub is opened. `stopping`: the last acks are waited for. Over are `done`, `stopped` (by the
 * operator) and `failed`.
 */
type DrillState = 'starting' | 'running' | 'stopping' | 'done' | 'stopped' | 'failed';

/** One number of phones that a search for the capacity tried. */
export interface DrillStep {
  readonly phones: number;
  /** Every frame acked and captured in time, p99 within a second. */
  readonly held: boolean;
  /** From a send to its ack, ms; null when none came. */
  readonly p99Ms: number | null;
}

/** Simulated phones that walk and send to a throw-away hub on this laptop. */
export interface Drill {
  readonly drillId: string;
  /** `phones`: a number of them to order. `capacity`: more and more, until this laptop falls behind. */
  readonly mode: 'phones' | 'capacity';
  readonly state: DrillState;
  readonly startedAtMs: number;
  /** Phones of this step. */
  readonly phones: number;
  /** Frames a second of each phone. */
  readonly rateHz: number;
  /** How long frames are captured, this step, s. */
  readonly seconds: number;
  /** Of this step, s. */
  readonly elapsedS: number;
  readonly connected: number;
  /** Frames of this step; `sent` counts repeats too, `lost` those no answer came to in time. */
  readonly captured: number;
  readonly sent: number;
  readonly acked: number;
  readonly lost: number;
  /** From a send to its ack, ms; null before the first. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  /** Finished steps of a search; empty for `phones`. */
  readonly steps: readonly DrillStep[];
  /** How it ended, in one sentence; null before. */
  readonly sentence: string | null;
}
