/** Over how long a rate is taken, s. */
const WINDOW_S = 10;

/** Frames a second over the last 10 s, from one counter a second: bounded whatever the rate. */
export class FrameRate {
  readonly #counts = new Array<number>(WINDOW_S).fill(0);
  #second = 0;
  /** Hub clock of the first frame: a young rate is over the time there was. */
  #firstMs: number | null = null;

  count(nowMs: number): void {
    this.#advance(nowMs);
    this.#firstMs ??= nowMs;
    const slot = this.#second % WINDOW_S;
    this.#counts[slot] = (this.#counts[slot] ?? 0) + 1;
  }

  /** One decimal. */
  rateHz(nowMs: number): number {
    this.#advance(nowMs);
    if (this.#firstMs === null) return 0;
    const frames = this.#counts.reduce((sum, count) => sum + count, 0);
    const overS = Math.min(WINDOW_S, Math.max(1, (nowMs - this.#firstMs) / 1000));
    return Math.round((frames / overS) * 10) / 10;
  }

  #advance(nowMs: number): void {
    const second = Math.floor(nowMs / 1000);
    const gone = Math.min(WINDOW_S, second - this.#second);
    for (let step = 1; step <= gone; step++) this.#counts[(this.#second + step) % WINDOW_S] = 0;
    if (gone >= WINDOW_S) {
      this.#counts.fill(0);
      this.#firstMs = null;
    }
    this.#second = Math.max(this.#second, second);
  }
}
