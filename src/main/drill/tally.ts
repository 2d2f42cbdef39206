import { LatencyHistogram, type LatencySummary } from './latency';

/** What a drill counted, in frames unless another unit is named. */
export interface DrillCounts {
  readonly captured: number;
  /** Captured more than a second after their time: this machine can't even make them. */
  readonly late: number;
  /** Handed to a socket, repeats included. */
  readonly sent: number;
  /** Repeats among `sent`: after a broken connection or a refusal that passes. */
  readonly resent: number;
  readonly acked: number;
  /** Given up: no answer came in time. */
  readonly lost: number;
  /** Acked frames that the hub said it had already. Only batches say so. */
  readonly duplicates: number;
  /** Never to be stored, by code. */
  readonly refused: Readonly<Record<string, number>>;
  /** Answers that ask for patience (`rate_limited`, `storage_unavailable`), by code. */
  readonly putOff: Readonly<Record<string, number>>;
  readonly photos: number;
  /** Of all messages, UTF-8. */
  readonly bytesSent: number;
  /** Connections that were welcomed, the first of each phone included. */
  readonly connections: number;
  /** Connections that failed or broke without our doing. */
  readonly failures: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The counters that all phones of a drill share. */
export class Tally {
  readonly counts: Mutable<Omit<DrillCounts, 'refused' | 'putOff'>> = {
    captured: 0,
    late: 0,
    sent: 0,
    resent: 0,
    acked: 0,
    lost: 0,
    duplicates: 0,
    photos: 0,
    bytesSent: 0,
    connections: 0,
    failures: 0,
  };
  readonly #refused: Record<string, number> = {};
  readonly #putOff: Record<string, number> = {};
  readonly #latency = new LatencyHistogram();
  /** Phones with a connection that was welcomed. */
  connected = 0;

  /** @param tookMs from the send that was answered to the ack. */
  acked(tookMs: number): void {
    this.counts.acked += 1;
    this.#latency.add(tookMs);
  }

  refused(code: string, frames: number): void {
    this.#refused[code] = (this.#refused[code] ?? 0) + frames;
  }

  putOff(code: string): void {
    this.#putOff[code] = (this.#putOff[code] ?? 0) + 1;
  }

  latency(): LatencySummary {
    return this.#latency.summary();
  }

  snapshot(): { readonly counts: DrillCounts; readonly latencyMs: LatencySummary } {
    const counts = { ...this.counts, refused: { ...this.#refused }, putOff: { ...this.#putOff } };
    return { counts, latencyMs: this.latency() };
  }
}
