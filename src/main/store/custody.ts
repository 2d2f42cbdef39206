import type { SeqRange } from '../../common/model/delivery';
import { parseKept } from './damage';
import { addDelays, countLonger, type DelayBuckets, type Delays, delayWithin } from './delays';
import { findHoles } from './holes';
import { assertGoesOn } from './log-steps';
import { readMerged } from './merged';
import { nothingOf } from './nothing-of';
import type { CustodyRow, ReadStatements } from './statements/read-statements';
import type { DeviceCustody } from './store';

/** Ranges listed for one device; `missing` counts the rest too. */
const MAX_HOLES = 1000;

type Draft = { -readonly [K in keyof DeviceCustody]: DeviceCustody[K] } & { readonly delays: Delays };

/**
 * What came of every frame of a session, by who their devices are shown as.
 * @param devices row ids of one person, or null for all.
 */
export function readCustody(
  reads: ReadStatements,
  session: number,
  devices: readonly number[] | null,
  lateAfterMs: number,
  isStopped: () => boolean,
): DeviceCustody[] {
  const { merges } = readMerged(reads);
  const drafts = new Map<string, Draft>();
  const draftOf = (deviceId: string): Draft => {
    const shown = merges.shownAs(deviceId);
    const found = drafts.get(shown) ?? { ...nothingOf(shown), delays: { buckets: {}, maxMs: null } };
    drafts.set(shown, found);
    return found;
  };
  for (const device of devices ?? [null]) {
    for (const row of reads.custodyOfSession.all({ session, device })) addCounters(draftOf(row.deviceId), row);
    for (const { deviceId, outcome, frames } of reads.unstoredOfSession.all({ session, device })) {
      const draft = draftOf(deviceId);
      if (outcome === 'duplicate') draft.duplicates += frames;
      else if (outcome === 'dropped') draft.dropped += frames;
      else draft.refused = { ...draft.refused, [outcome]: (draft.refused[outcome] ?? 0) + frames };
    }
    for (const { deviceId, frames } of reads.erasedOfSession.all({ session, device })) {
      draftOf(deviceId).erased += frames;
    }
    for (const boot of reads.bootsOfSession.all({ session, device })) {
      assertGoesOn(isStopped);
      const draft = draftOf(boot.deviceId);
      const { missing, beforeFirst, ranges } = findHoles(reads, session, boot, MAX_HOLES - listed(draft));
      draft.missing += missing;
      draft.beforeFirst += beforeFirst;
      if (ranges.length > 0) draft.holes = [...draft.holes, { boot: boot.name, ranges }];
    }
  }
  return [...drafts.values()].map(({ delays, ...counts }) => ({ ...counts, ...delaysOf(delays, lateAfterMs) }));
}

function addCounters(draft: Draft, row: CustodyRow): void {
  draft.stored += row.frames;
  draft.bytes += row.bytes;
  draft.firstAtMs = Math.min(draft.firstAtMs ?? Infinity, row.firstAtMs);
  draft.lastAtMs = Math.max(draft.lastAtMs ?? -Infinity, row.lastAtMs);
  addDelays(draft.delays, { buckets: parseKept<DelayBuckets>(row.delays, 'A counter'), maxMs: row.delayMaxMs });
}

function delaysOf(delays: Delays, lateAfterMs: number): Pick<DeviceCustody, 'late' | 'delay'> {
  const p50Ms = delayWithin(delays, 0.5);
  const p95Ms = delayWithin(delays, 0.95);
  const { maxMs } = delays;
  const isKnown = p50Ms !== null && p95Ms !== null && maxMs !== null;
  return {
    late: countLonger(delays.buckets, lateAfterMs),
    delay: isKnown ? { p50Ms, p95Ms, maxMs } : null,
  };
}

function listed(draft: Draft): number {
  return draft.holes.reduce((sum: number, { ranges }: { ranges: readonly SeqRange[] }) => sum + ranges.length, 0);
}
