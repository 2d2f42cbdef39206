import type { SeqRange } from '../../common/model/delivery';
import { BoundedMap } from './bounded-map';
import type { WriteStatements } from './statements/write-statements';

/** Boots kept in memory: a phone has one at a time, and 10,000 may be connected. */
const CACHED_BOOTS = 20_000;
/** How far `boots.up_to` may lag: what a restart has to count again, against a write for each commit. */
const SAVE_EVERY = 256;

/** One counting epoch of one device. */
export interface Boot {
  readonly id: number;
  /** Every seq from 1 to it is settled. A lower bound until {@link Boots.upTo} was called. */
  upTo: number;
  /** The value in the table. */
  savedUpTo: number;
  /** Session of its last frame; null before the first of this run. */
  session: number | null;
}

/** Which seqs of each boot are settled: stored, refused or dropped. */
export class Boots {
  readonly #statements: WriteStatements;
  readonly #cache = new BoundedMap<string, Boot>(CACHED_BOOTS);

  constructor(statements: WriteStatements) {
    this.#statements = statements;
  }

  /** undefined when nothing of it was ever settled. */
  find(device: number, name: string): Boot | undefined {
    const key = `${device} ${name}`;
    const cached = this.#cache.get(key);
    if (cached) return cached;
    const row = this.#statements.findBoot.get(device, name);
    if (!row) return undefined;
    const boot = { id: row.boot, upTo: row.upTo, savedUpTo: row.upTo, session: null };
    this.#cache.set(key, boot);
    return boot;
  }

  findOrAdd(device: number, name: string): Boot {
    const found = this.find(device, name);
    if (found) return found;
    const { lastInsertRowid } = this.#statements.insertBoot.run(device, name);
    const boot = { id: Number(lastInsertRowid), upTo: 0, savedUpTo: 0, session: null };
    this.#cache.set(`${device} ${name}`, boot);
    return boot;
  }

  /** A seq is in the log. In order, as phones send them, this is all the counting there is. */
  settle(boot: Boot, seq: number): void {
    if (seq !== boot.upTo + 1) return;
    boot.upTo = seq;
    this.#save(boot);
  }

  /**
   * Before a frame is inserted: where the boot was if this is its first in the session.
   * @returns what to do once the frame is stored; null when there is nothing to.
   */
  entering(boot: Boot, session: number): (() => void) | null {
    if (boot.session === session) return null;
    const after = this.#statements.greatestSeq.get(boot.id) ?? 0;
    return () => {
      this.#statements.insertSessionBoot.run(boot.id, session, after);
      boot.session = session;
    };
  }

  /** Seqs refused by the hub, in any order. */
  refuse(boot: Boot, seqs: readonly number[]): void {
    for (const [from, to] of toRanges(seqs)) this.#statements.insertSettledRange.run(boot.id, from, to, 'refused');
  }

  /** Ranges given up by the phone. @returns how many seqs that is news of: neither stored nor settled before. */
  drop(boot: Boot, ranges: readonly SeqRange[]): number {
    let news = 0;
    for (const range of ranges) {
      for (const [from, to] of this.#unsettledPartsOf(boot, range)) {
        this.#statements.insertSettledRange.run(boot.id, from, to, 'dropped');
        news += to - from + 1 - (this.#statements.storedIn.get(boot.id, from, to) ?? 0);
      }
    }
    return news;
  }

  /** The last seq before the first hole. */
  upTo(boot: Boot): number {
    for (;;) {
      const before = boot.upTo;
      for (const seq of this.#statements.storedSeqsAfter.iterate(boot.id, boot.upTo)) {
        if (seq !== boot.upTo + 1) break;
        boot.upTo = seq;
      }
      const next = boot.upTo + 1;
      boot.upTo = this.#statements.settledRangeEnd.get(boot.id, next, next) ?? boot.upTo;
      if (boot.upTo === before) break;
    }
    this.#save(boot);
    return boot.upTo;
  }

  /** Less the ranges that were settled before; what is stored stays in. */
  #unsettledPartsOf(boot: Boot, [from, to]: SeqRange): SeqRange[] {
    const parts: SeqRange[] = [];
    let next = from;
    const settled = this.#statements.settledRangesIn.all(boot.id, from, to).sort((a, b) => a.from - b.from);
    for (const range of settled) {
      if (range.from > next) parts.push([next, range.from - 1]);
      next = Math.max(next, range.to + 1);
    }
    if (next <= to) parts.push([next, to]);
    return parts;
  }

  /** After a rollback the memory is ahead of the disk. */
  forget(): void {
    this.#cache.clear();
  }

  #save(boot: Boot): void {
    if (boot.upTo - boot.savedUpTo < SAVE_EVERY) return;
    this.#statements.saveUpTo.run(boot.upTo, boot.id);
    boot.savedUpTo = boot.upTo;
  }
}

function toRanges(seqs: readonly number[]): [from: number, to: number][] {
  const ranges: [number, number][] = [];
  for (const seq of [...seqs].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && seq <= last[1] + 1) last[1] = seq;
    else ranges.push([seq, seq]);
  }
  return ranges;
}
