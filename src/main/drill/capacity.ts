import { randomBytes } from 'node:crypto';
import { runDrill } from './drill';
import type { DrillOptions, DrillProgress } from './options';
import type { DrillResult } from './result';
import { grouped, inMs } from './sentence';

/** What is tried. */
export interface CapacityOptions
  extends Pick<DrillOptions, 'url' | 'key' | 'ca' | 'place' | 'signal' | 'drainSeconds'> {
  /** Frames a second of each phone; default 1. */
  readonly rateHz?: number;
  /** How long each step takes, s; default 10. */
  readonly stepSeconds?: number;
  /** Phones of each step, rising. */
  readonly steps?: readonly number[];
}

/** One number of phones and what came of it. */
export interface CapacityStep {
  readonly phones: number;
  readonly result: DrillResult;
  /** Every frame acked and captured in time, p99 within a second. */
  readonly held: boolean;
}

/** How many phones a hub and this machine take. */
export interface Capacity {
  readonly steps: readonly CapacityStep[];
  /** Of the last step that held; 0 when none did. */
  readonly phones: number;
  readonly sentence: string;
}

/** How far the search is. */
export interface CapacityProgress extends DrillProgress {
  /** Phones of this step. */
  readonly phones: number;
}

const STEPS = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

/** An operator sees a person move a second late at most. */
const LONGEST_P99_MS = 1000;

/**
 * Raises the number of phones until the hub, or this machine as its phones, falls behind.
 * @throws DrillRefused
 */
export async function findCapacity(
  options: CapacityOptions,
  onProgress: (progress: CapacityProgress) => void = () => {},
  onStep: (step: CapacityStep) => void = () => {},
): Promise<Capacity> {
  // What is not acked within the patience of an operator is not held.
  const { url, key, ca, place, signal, rateHz = 1, stepSeconds = 10, drainSeconds = 5 } = options;
  const run = randomBytes(3).toString('hex');
  const steps: CapacityStep[] = [];
  for (const phones of options.steps ?? STEPS) {
    const result = await runDrill(
      { url, key, ca, place, signal, rateHz, phones, seconds: stepSeconds, run, drainSeconds },
      (progress) => onProgress({ ...progress, phones }),
    );
    if (signal?.aborted) break;
    const isInTime = result.counts.late === 0 && (result.latencyMs.p99 ?? Number.POSITIVE_INFINITY) <= LONGEST_P99_MS;
    const step = { phones, result, held: result.isComplete && isInTime };
    steps.push(step);
    onStep(step);
    if (!step.held) break;
  }
  return {
    steps,
    phones: steps.findLast((step) => step.held)?.phones ?? 0,
    sentence: capacityInOneSentence(steps, rateHz),
  };
}

/** The end of a search, for an operator. */
export function capacityInOneSentence(steps: readonly CapacityStep[], rateHz: number): string {
  const best = steps.findLast((step) => step.held);
  const failed = steps.find((step) => !step.held);
  if (!best)
    return failed
      ? `This laptop does not keep up with ${phonesAt(failed.phones, rateHz)}: ${causeOf(failed)}.`
      : 'Nothing was tried.';
  const held = `${failed ? '' : 'at least '}${phonesAt(best.phones, rateHz)}, acked within ${inMs(best.result.latencyMs.p99)} (p99)`;
  return failed
    ? `This laptop takes ${held}; at ${grouped(failed.phones)} phones ${causeOf(failed)}.`
    : `This laptop takes ${held}.`;
}

const phonesAt = (phones: number, rateHz: number): string =>
  `${grouped(phones)} phones sending ${rateHz === 1 ? 'once' : `${grouped(rateHz)} times`} a second`;

function causeOf({ result: { counts, latencyMs } }: CapacityStep): string {
  if (counts.late > 0) return `${grouped(counts.late)} frames came late`;
  if (counts.acked < counts.captured) return `${grouped(counts.captured - counts.acked)} frames got no ack in time`;
  return `the ack took ${inMs(latencyMs.p99)} (p99)`;
}
