/** Over how long a rate is taken, ms. */
const WINDOW_MS = 10_000;

/** Frames are counted by the quarter second: bounded whatever the rate. */
const SLOT_MS = 250;
const SLOTS = WINDOW_MS / SLOT_MS;

/** Frames a second over the last 10 s. */
export class FrameRate {
  readonly #counts = new Array<number>(SLOTS).fill(0);
  /** The newest slot, counted from the epoch. */
  #slot = 0;
  /** Hub clock of the first frame after a silence: a young rate is over the time there was. */
  #firstMs: number | null = null;

  count(nowMs: number): void {
    this.#advance(nowMs);
    this.#firstMs ??= nowMs;
    const index = this.#slot % SLOTS;
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
  }

  /** One decimal. */
  rateHz(nowMs: number): number {
    this.#advance(nowMs);
    if (this.#firstMs === null) return 0;
    const frames = this.#counts.reduce((sum, count) => sum + count, 0);
    const coveredMs = nowMs - (this.#slot - SLOTS + 1) * SLOT_MS;
    const overS = Math.max(1000, Math.min(coveredMs, nowMs - this.#firstMs)) / 1000;
    return Math.round((frames / overS) * 10) / 10;
  }

  #advance(nowMs: number): void {
    const slot = Math.floor(nowMs / SLOT_MS);
    const gone = Math.min(SLOTS, slot - this.#slot);
    for (let step = 1; step <= gone; step++) this.#counts[(this.#slot + step) % SLOTS] = 0;
    if (gone === SLOTS) this.#firstMs = null;
    this.#slot = Math.max(this.#slot, slot);
  }
}
