import type { WriteStatements } from './statements/write-statements';

/** Keeps `session_spans` true: a row whenever a frame is of another session than the one before it. */
export class SessionSpans {
  readonly #statements: WriteStatements;
  /** Of the newest frame; undefined: to be asked of the database, null: there is none. */
  #last: number | null | undefined;

  constructor(statements: WriteStatements) {
    this.#statements = statements;
  }

  /** A frame was stored, with a greater id than all before. */
  add(frameId: number, session: number): void {
    if (this.#last === undefined) this.#last = this.#statements.lastSpan.get() ?? null;
    if (this.#last === session) return;
    this.#statements.insertSpan.run(frameId, session);
    this.#last = session;
  }

  /** After a rollback the memory is ahead of the disk. */
  forget(): void {
    this.#last = undefined;
  }
}
