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
    this.#log(
      trouble.kind === 'sound' || trouble.kind === 'thread_back' ? 'info' : 'warn',
      `store: ${trouble.kind}`,
      trouble,
    );
    // Of the disk and of each thread only the newest matters; of the rest there are a handful a run.
    this.#told = this.#told.filter((before) => subjectOf(before) === null || subjectOf(before) !== subjectOf(trouble));
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

/** What it is the newest word of; null: each is kept. */
function subjectOf(trouble: StoreTrouble): string | null {
  if (trouble.kind === 'disk') return 'disk';
  return 'thread' in trouble ? trouble.thread : null;
}
