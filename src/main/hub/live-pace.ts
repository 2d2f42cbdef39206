/** Frames out of order by less than this, ms, are nothing: sensors and senders jitter. */
const JITTER_MS = 5000;
/** Frames that go on in step for so long, ms, and are so many, are as live as they were before. */
const PROVEN_MS = 2000;
const PROVEN_FRAMES = 3;
/** How far from in step, ms. */
const STEP_TOLERANCE_MS = 1000;

interface Run {
  readonly capturedAtMs: number;
  readonly receivedAtMs: number;
  readonly frames: number;
}

/**
 * Tells a phone whose clock was set back from one that sends what it kept: both send times of before, but a queue is
 * emptied as fast as the radio goes, and between its frames come new ones; a clock goes on at the pace of time.
 */
export class LivePace {
  /** Greatest time of any frame. */
  #newestMs = -Infinity;
  /** Frames of before the newest, one after the other. */
  #run: Run | null = null;

  /** Takes the next frame as it comes in, by the phone's clock and by the hub's. @returns true once it is certain. */
  isSetBack(capturedAtMs: number, receivedAtMs: number): boolean {
    if (capturedAtMs >= this.#newestMs - JITTER_MS) {
      this.#newestMs = Math.max(this.#newestMs, capturedAtMs);
      this.#run = null;
      return false;
    }
    const run = this.#run ?? { capturedAtMs, receivedAtMs, frames: 0 };
    const passedMs = receivedAtMs - run.receivedAtMs;
    const isInStep = Math.abs(capturedAtMs - run.capturedAtMs - passedMs) <= STEP_TOLERANCE_MS;
    this.#run = isInStep ? { ...run, frames: run.frames + 1 } : { capturedAtMs, receivedAtMs, frames: 1 };
    if (!isInStep || passedMs < PROVEN_MS || this.#run.frames < PROVEN_FRAMES) return false;
    this.#newestMs = capturedAtMs;
    this.#run = null;
    return true;
  }
}
