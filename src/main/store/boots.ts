import type { SeqRange } from '../../common/model/delivery';
import { BoundedMap } from './bounded-map';
import type { WriteStatements } from './statements/write-statements';

/** Boots kept in memory: a phone has one at a time, and 10,000 may be connected. One commit touches far fewer. */
const CACHED_BOOTS = 20_000;
/** How far `boots.up_to` may lag: what a restart has to count again, against a write for each commit. */
const SAVE_EVERY = 256;

/** Seqs that follow each other, both ends included. */
interface Range {
  from: number;
  to: number;
}

/** One counting epoch of one device. */
export interface Boot {
  readonly id: number;
  /** Every seq from 1 to it is settled. A lower bound until {@link Boots.upTo} was called. */
  upTo: number;
  /** The value in the table. */
  savedUpTo: number;
  /** The last range of stored seqs, which is where phones add to; null before the first. May be ahead of the table. */
  last: Range | null;
  /** Session of its last frame; null before the first of this run. */
  session: number | null;
}

/** Which seqs of each boot are settled: stored, refused or dropped. */
export class Boots {
  readonly #statements: WriteStatements;
  readonly #cache = new BoundedMap<string, Boot>(CACHED_BOOTS);
  /** The last of each device, which most frames are of: its key need not be put together. */
  readonly #lastOf = new BoundedMap<number, { readonly name: string; readonly boot: Boot }>(CACHED_BOOTS);
  /** Those whose last range is ahead of the table. */
  readonly #changed = new Set<Boot>();

  constructor(statements: WriteStatements) {
    this.#statements = statements;
  }

  /** undefined when nothing of it was ever settled. */
  find(device: number, name: string): Boot | undefined {
    const last = this.#lastOf.get(device);
    if (last?.name === name) return last.boot;
    const boot = this.#findAny(device, name);
    if (boot) this.#lastOf.set(device, { name, boot });
    return boot;
  }

  #findAny(device: number, name: string): Boot | undefined {
    const key = `${device} ${name}`;
    const cached = this.#cache.get(key);
    if (cached) return cached;
    const row = this.#statements.findBoot.get(device, name);
    if (!row) return undefined;
    const last = this.#statements.lastStored.get(row.boot) ?? null;
    const boot = { id: row.boot, upTo: row.upTo, savedUpTo: row.upTo, last, session: null };
    this.#cache.set(key, boot);
    return boot;
  }

  findOrAdd(device: number, name: string): Boot {
    const found = this.find(device, name);
    if (found) return found;
    const { lastInsertRowid } = this.#statements.insertBoot.run(device, name);
    const boot = { id: Number(lastInsertRowid), upTo: 0, savedUpTo: 0, last: null, session: null };
    this.#cache.set(`${device} ${name}`, boot);
    return boot;
  }

  /** Whether a seq was ever stored. In order, as phones send them, this is two comparisons. */
  isStored({ id, last }: Boot, seq: number): boolean {
    if (last === null || seq > last.to) return false;
    return seq >= last.from || (this.#statements.storedBefore.get(id, seq)?.to ?? 0) >= seq;
  }

  /** A seq that was not stored before is in the log. */
  store(boot: Boot, seq: number): void {
    const { last } = boot;
    if (last !== null && seq < last.from) this.#fill(boot, last, seq);
    else {
      if (last !== null && seq === last.to + 1) last.to = seq;
      else {
        this.#saveLast(boot);
        boot.last = { from: seq, to: seq };
      }
      this.#changed.add(boot);
    }
    if (seq !== boot.upTo + 1) return;
    boot.upTo = seq;
    this.#saveUpTo(boot);
  }

  /**
   * Before a frame is inserted: where the boot was if this is its first in the session.
   * @returns what to do once the frame is stored; null when there is nothing to.
   */
  entering(boot: Boot, session: number): (() => void) | null {
    if (boot.session === session) return null;
    const isFirst = this.#statements.anySession.get(boot.id) === undefined;
    const after = isFirst ? 0 : Math.max(boot.last?.to ?? 0, this.#statements.lastSettled.get(boot.id) ?? 0);
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
    this.#saveLast(boot);
    let news = 0;
    for (const range of ranges) {
      for (const [from, to] of this.#unsettledPartsOf(boot, range)) {
        this.#statements.insertSettledRange.run(boot.id, from, to, 'dropped');
        news += to - from + 1 - this.#countStored(boot, from, to);
      }
    }
    return news;
  }

  /** The last seq before the first hole. */
  upTo(boot: Boot): number {
    for (;;) {
      const next = boot.upTo + 1;
      const end = this.#storedEnd(boot, next) ?? this.#statements.settledRangeEnd.get(boot.id, next, next);
      if (end === undefined) break;
      boot.upTo = end;
    }
    this.#saveUpTo(boot);
    return boot.upTo;
  }

  /** Before COMMIT. */
  flush(): void {
    for (const boot of this.#changed) this.#writeLast(boot);
    this.#changed.clear();
  }

  /** After a rollback the memory is ahead of the disk. */
  forget(): void {
    this.#cache.clear();
    this.#lastOf.clear();
    this.#changed.clear();
  }

  /** A seq below the last range: a phone sends its queue beside what is new. */
  #fill(boot: Boot, last: Range, seq: number): void {
    const before = this.#statements.storedBefore.get(boot.id, seq);
    const from = before?.to === seq - 1 ? before.from : seq;
    if (seq === last.from - 1) {
      this.#statements.deleteStored.run(boot.id, last.from);
      last.from = from;
      this.#changed.add(boot);
      return;
    }
    const end = this.#statements.storedFrom.get(boot.id, seq + 1);
    if (end !== undefined) this.#statements.deleteStored.run(boot.id, seq + 1);
    this.#statements.saveStored.run(boot.id, from, end ?? seq);
  }

  /** Where the range of stored seqs ends that a seq is in; undefined: it was never stored. */
  #storedEnd({ id, last }: Boot, seq: number): number | undefined {
    if (last === null || seq > last.to) return undefined;
    const end = seq >= last.from ? last.to : (this.#statements.storedBefore.get(id, seq)?.to ?? 0);
    return end >= seq ? end : undefined;
  }

  #countStored({ id }: Boot, from: number, to: number): number {
    const ranges = this.#statements.storedIn.all(id, id, from, from, to);
    return ranges.reduce((sum, range) => sum + Math.max(0, Math.min(range.to, to) - Math.max(range.from, from) + 1), 0);
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

  #saveLast(boot: Boot): void {
    if (this.#changed.delete(boot)) this.#writeLast(boot);
  }

  #writeLast({ id, last }: Boot): void {
    if (last) this.#statements.saveStored.run(id, last.from, last.to);
  }

  #saveUpTo(boot: Boot): void {
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
