/** Over which rates are told, ms of the hub's clock. */
const WINDOW_MS = 4_000;

/** A picture as it came: its number among all that the phone sent, and its size. */
interface Arrival {
  readonly number: number;
  readonly atMs: number;
  readonly bytes: number;
}

/** How fast a phone sends pictures, though not each of them is asked for. */
export class PictureRate {
  #recent: readonly Arrival[] = [];

  add(arrival: Arrival): void {
    this.#recent = [...this.#recent.filter(({ atMs }) => atMs > arrival.atMs - WINDOW_MS), arrival];
  }

  /** The numbers begin anew. */
  clear(): void {
    this.#recent = [];
  }

  /** Both 0 until two came. */
  get rate(): { readonly framesPerS: number; readonly kilobitsPerS: number } {
    const first = this.#recent.at(0);
    const last = this.#recent.at(-1);
    if (!first || !last || last.atMs <= first.atMs) return { framesPerS: 0, kilobitsPerS: 0 };
    const framesPerS = ((last.number - first.number) * 1_000) / (last.atMs - first.atMs);
    const meanBytes = this.#recent.reduce((sum, { bytes }) => sum + bytes, 0) / this.#recent.length;
    return {
      framesPerS: Math.round(framesPerS * 10) / 10,
      kilobitsPerS: Math.round((framesPerS * meanBytes * 8) / 1_000),
    };
  }
}
