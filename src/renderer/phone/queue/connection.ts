import { openQueueDatabase, type QueueDatabase } from './database';

/** What a browser says of a connection that it has ended by itself (WebKit bug 197050: in the background, on iOS). */
const LOST: readonly string[] = ['InvalidStateError', 'UnknownError'];

/** The queue's database: opened again when the browser has let go of it. */
export class QueueConnection {
  readonly #name: string;
  #opened: Promise<QueueDatabase> | null = null;
  #isClosed = false;

  constructor(name: string) {
    this.#name = name;
  }

  /**
   * Does something with the database, and once more where the connection was lost before or meanwhile: the first try may
   * have been committed all the same, so what is done must bear to be done twice.
   */
  async use<T>(work: (database: QueueDatabase) => Promise<T>): Promise<T> {
    const opened = this.#open();
    try {
      return await work(await opened);
    } catch (error) {
      const isLost = this.#opened !== opened || (error instanceof Error && LOST.includes(error.name));
      if (this.#isClosed || !isLost) throw error;
      this.#forget(opened);
      return work(await this.#open());
    }
  }

  /** Nothing is read or written after that. */
  close(): void {
    this.#isClosed = true;
    this.#opened?.then(
      (database) => database.close(),
      () => undefined,
    );
  }

  #open(): Promise<QueueDatabase> {
    if (this.#opened) return this.#opened;
    const opened: Promise<QueueDatabase> = openQueueDatabase(this.#name, () => this.#forget(opened));
    opened.catch(() => this.#forget(opened));
    this.#opened = opened;
    return opened;
  }

  #forget(opened: Promise<QueueDatabase>): void {
    if (this.#opened !== opened || this.#isClosed) return;
    this.#opened = null;
    opened.then(
      (database) => database.close(),
      () => undefined,
    );
  }
}
