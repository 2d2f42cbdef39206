import type { SeqRange } from '../../common/model/delivery';
import type { ReadStatements, SessionBootRow } from './statements/read-statements';

/**
 * Seqs that never came. `ranges` is cut off at the limit; `missing` counts all. `beforeFirst`: those below the first one seen,
 * in the boot's first session; 0 in the others.
 */
export interface BootHoles {
  readonly missing: number;
  readonly beforeFirst: number;
  readonly ranges: readonly SeqRange[];
}

/**
 * What is missing of a boot among the seqs that are one session's: those after its first frame there, up to its first
 * frame in the next. Walks the ranges from the first hole on.
 */
export function findHoles(reads: ReadStatements, session: number, boot: SessionBootRow, limit: number): BootHoles {
  const after = Math.max(boot.afterSeq, boot.upTo);
  const end = nextSessionsStart(reads, session, boot);
  const holes: SeqRange[] = [];
  let missing = 0;
  let beforeFirst = 0;
  // Before the first seq seen of the boot nothing is missing: it may have been counting for another hub.
  let next = boot.afterSeq === 0 && boot.upTo === 0 ? null : after + 1;
  for (const [from, to] of seenRanges(reads, boot.boot, after + 1)) {
    if (next === null) beforeFirst = from - 1;
    else if (from > next) {
      const hole: SeqRange = [next, Math.min(from - 1, end)];
      missing += Math.max(0, hole[1] - hole[0] + 1);
      if (hole[0] <= hole[1] && holes.length < limit) holes.push(hole);
    }
    next = Math.max(next ?? 0, to + 1);
    if (next > end) break;
  }
  return { missing, beforeFirst, ranges: holes };
}

/** The last seq that is this session's; Infinity in the boot's last. */
function nextSessionsStart(reads: ReadStatements, session: number, { boot, afterSeq }: SessionBootRow): number {
  const later = reads.sessionsOfBoot
    .all(boot)
    .filter((other) => other.afterSeq > afterSeq || (other.afterSeq === afterSeq && other.session > session));
  return Math.min(Infinity, ...later.map((other) => other.afterSeq));
}

/** Stored and settled seqs from one on, by where they begin. They may overlap. */
function* seenRanges(reads: ReadStatements, boot: number, first: number): Generator<SeqRange> {
  const settled = reads.settledRangesFrom.all(boot, first).sort((a, b) => a.from - b.from);
  let at = 0;
  for (const { from, to } of reads.storedRangesFrom.iterate({ boot, first })) {
    for (let range = settled[at]; range !== undefined && range.from <= from; range = settled[at]) {
      yield [range.from, range.to];
      at += 1;
    }
    yield [from, to];
  }
  for (const { from, to } of settled.slice(at)) yield [from, to];
}
