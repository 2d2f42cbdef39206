/** One kind of happening with its listeners, called in the order they came. */
export class Signal<T> {
  readonly #listeners = new Set<(value: T) => void>();
  readonly #onBug: (error: unknown) => void;

  /**
   * @param onBug told what a listener throws: the others, and whoever sends, have nothing to do with it. Left out where all
   * listeners are ours: the sender gets it
   */
  constructor(onBug: (error: unknown) => void = raise) {
    this.#onBug = onBug;
  }

  /** @returns the function that stops it. */
  listen(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Somebody listens: what costs much to make for nobody need not be made. */
  get isHeard(): boolean {
    return this.#listeners.size > 0;
  }

  send(value: T): void {
    for (const listener of this.#listeners) {
      try {
        listener(value);
      } catch (error) {
        this.#onBug(error);
      }
    }
  }
}

function raise(error: unknown): never {
  throw error;
}
