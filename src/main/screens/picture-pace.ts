/** Nobody sees more than 30 pictures a second; between two that are looked at, ms. */
const INTERVAL_MS = 33;

/** Lets one picture through at a time, at most every 33 ms: the newest, at no cost for those between. */
export class PicturePace<T> {
  readonly #take: (picture: T) => void;
  #newest: { readonly picture: T } | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(take: (picture: T) => void) {
    this.#take = take;
  }

  offer(picture: T): void {
    this.#newest = { picture };
    if (!this.#timer) this.#next();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#newest = null;
  }

  #next(): void {
    const newest = this.#newest;
    this.#newest = null;
    this.#timer = newest && setTimeout(() => this.#next(), INTERVAL_MS);
    if (newest) this.#take(newest.picture);
  }
}
