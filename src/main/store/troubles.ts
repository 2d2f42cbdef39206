import type { StoreLog, StoreTrouble } from './store';

/** What an operator was told of the store, kept for whoever listens later. */
export class Troubles {
  readonly #log: StoreLog;
  #told: StoreTrouble[] = [];
  readonly #listeners = new Set<(trouble: StoreTrouble) => void>();

  constructor(log: StoreLog) {
    this.#log = log;
  }

  tell(trouble: StoreTrouble): void {
    this.#log(trouble.kind === 'sound' ? 'info' : 'warn', `store: ${trouble.kind}`, trouble);
    // Of the disk only the newest matters; of the rest there are a handful a run.
    if (trouble.kind === 'disk') this.#told = this.#told.filter(({ kind }) => kind !== 'disk');
    this.#told.push(trouble);
    for (const listener of this.#listeners) listener(trouble);
  }

  /** Tells what was told before, then what comes. */
  readonly listen = (listener: (trouble: StoreTrouble) => void): (() => void) => {
    for (const trouble of this.#told) listener(trouble);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
