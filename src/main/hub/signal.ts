/** One kind of happening with its listeners, called in the order they came. */
export class Signal<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** @returns the function that stops it. */
  listen(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  send(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
}
