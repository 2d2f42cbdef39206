import type { Ending } from './ending';
import type { DrillOptions } from './options';
import type { DrillPhone } from './phone';
import type { Tally } from './tally';

/** A frame this much after its time is late, ms. */
const LATE_MS = 1000;
/** Connections a second at the beginning. */
const CONNECTS_PER_S = 500;

/** Takes the frames of one phone at their times. */
export class Capturing {
  readonly finished: Promise<void>;
  #timer: NodeJS.Timeout | undefined;

  constructor(phone: DrillPhone, index: number, options: DrillOptions, tally: Tally, ended: Ending) {
    const { phones, rateHz, seconds, photos = 0 } = options;
    const total = Math.max(1, Math.round(seconds * rateHz));
    // Phones are not in step, and don't all knock in the same millisecond.
    const offsetMs = (index / phones) * Math.max(1000 / rateHz, (phones / CONNECTS_PER_S) * 1000);
    const firstAt = performance.now() + offsetMs;
    this.finished = new Promise((resolve, reject) => {
      let taken = 0;
      const take = (): void => {
        const dueAt = firstAt + (taken / rateHz) * 1000;
        if (performance.now() - dueAt > LATE_MS) tally.counts.late += 1;
        const isPhoto = Math.floor(((taken + 1) * photos) / total) > Math.floor((taken * photos) / total);
        taken += 1;
        phone.capture(isPhoto ? `${index}-${taken}-${startOf(firstAt)}` : null);
        if (taken === total) resolve();
        else this.#timer = setTimeout(take, Math.max(0, firstAt + (taken / rateHz) * 1000 - performance.now()));
      };
      this.#timer = setTimeout(() => {
        phone.connect();
        take();
      }, offsetMs);
      ended.onEnd((error) => {
        this.stop();
        if (error) reject(error);
        else resolve();
      });
    });
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** Names of pictures differ from run to run, for a hub keeps one copy of a content. */
const startOf = (steadyMs: number): string => Math.round(performance.timeOrigin + steadyMs).toString(36);
