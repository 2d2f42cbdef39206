import type { Database } from 'better-sqlite3';
import { isDamage } from './damage';

/** A row as it is: column by column, in the order of the table. */
export type RawRow = readonly unknown[];

/** Ids that could not be read, both included; `to` null: to the end of the table. */
export interface LostRange {
  readonly from: number;
  readonly to: number | null;
}

// Beyond it no row id of ours can be.
const END = Number.MAX_SAFE_INTEGER;

/**
 * Every row of a table with an integer key that can still be read, in order. Where the file is damaged it looks for the
 * next readable row by steps that double, then closes in on it: a damaged page costs a few dozen seeks.
 * @param key the first column of the table. @param lost gets what was skipped.
 */
export function* readableRows(db: Database, table: string, key: string, lost: LostRange[]): Generator<RawRow> {
  const from = db.prepare<[number], RawRow>(`SELECT * FROM ${table} WHERE ${key} >= ? ORDER BY ${key}`).raw();
  const first = db.prepare<[number], RawRow>(`${from.source} LIMIT 1`).raw();
  for (let next = 0; ; ) {
    try {
      for (const row of from.iterate(next)) {
        yield row;
        next = Number(row[0]) + 1;
      }
      return;
    } catch (error) {
      if (!isDamage(error)) throw error;
    }
    const found = nextReadable((id) => first.get(id), next);
    lost.push({ from: next, to: found === null ? null : found - 1 });
    if (found === null) return;
    next = found;
  }
}

/** Every row of a table without row ids that can be read from its start, and from its end. */
export function* readableFromEnds(db: Database, table: string, keys: readonly string[]): Generator<RawRow> {
  const order = (direction: string) => keys.map((column) => `${column} ${direction}`).join(', ');
  for (const direction of ['ASC', 'DESC']) {
    try {
      yield* db
        .prepare<[], RawRow>(`SELECT * FROM ${table} ORDER BY ${order(direction)}`)
        .raw()
        .iterate();
      return;
    } catch (error) {
      if (!isDamage(error)) throw error;
    }
  }
}

/** @param seek the first row with this id or a greater one; throws on damage. @returns its id; null: none to the end. */
function nextReadable(seek: (id: number) => RawRow | undefined, bad: number): number | null {
  const idFrom = (id: number): number | null | 'damaged' => {
    try {
      const row = seek(id);
      return row === undefined ? null : Number(row[0]);
    } catch (error) {
      if (isDamage(error)) return 'damaged';
      throw error;
    }
  };
  let low = bad;
  let found: number | null = null;
  for (let step = 1; ; step *= 2) {
    const id = bad + step;
    if (id >= END) return null;
    const answer = idFrom(id);
    if (answer === 'damaged') {
      low = id;
      continue;
    }
    found = answer;
    let high = id;
    while (high - low > 1) {
      const middle = low + Math.floor((high - low) / 2);
      const nearer = idFrom(middle);
      if (nearer === 'damaged') low = middle;
      else {
        high = middle;
        found = nearer;
      }
    }
    return found;
  }
}
