/**
 * When to make a frame: no two closer than `intervalMs`, none while nothing is new, and at once when something urgent
 * (a position) comes after that time. Knows no sensor.
 */
export class Pace<Part extends string> {
  #intervalMs: number;
  readonly #make: (parts: ReadonlySet<Part>, atMs: number) => void;
  #fresh = new Set<Part>();
  #lastAtMs = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(intervalMs: number, make: (parts: ReadonlySet<Part>, atMs: number) => void) {
    this.#intervalMs = intervalMs;
    this.#make = make;
  }

  start(): void {
    this.#restart();
  }

  /** Takes effect at once, also while it runs. */
  set intervalMs(intervalMs: number) {
    if (intervalMs === this.#intervalMs) return;
    this.#intervalMs = intervalMs;
    if (this.#timer !== undefined) this.#restart();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#fresh = new Set();
  }

  mark(part: Part): void {
    this.#fresh.add(part);
  }

  markUrgent(part: Part): void {
    this.#fresh.add(part);
    if (Date.now() - this.#lastAtMs < this.#intervalMs) return;
    this.#tick();
    this.#restart();
  }

  #restart(): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#tick(), this.#intervalMs);
  }

  #tick(): void {
    if (this.#fresh.size === 0) return;
    const parts = this.#fresh;
    this.#fresh = new Set();
    this.#lastAtMs = Date.now();
    this.#make(parts, this.#lastAtMs);
  }
}
