import type { SeqRange } from '../../common/model/delivery';
import { parseKept } from './damage';
import { countLonger, type DelayBuckets, delayWithin } from './delays';
import { findHoles } from './holes';
import { assertGoesOn } from './log-steps';
import { nothingOf } from './nothing-of';
import type { CustodyRow, ReadStatements } from './statements/read-statements';
import type { DeviceCustody } from './store';

/** Ranges listed for one device; `missing` counts the rest too. */
const MAX_HOLES = 1000;

type Draft = { -readonly [K in keyof DeviceCustody]: DeviceCustody[K] };

/** What came of every frame of a session. @param device row id, or null for all. */
export function readCustody(
  reads: ReadStatements,
  session: number,
  device: number | null,
  lateAfterMs: number,
  isStopped: () => boolean,
): DeviceCustody[] {
  const drafts = new Map<string, Draft>();
  const draftOf = (deviceId: string): Draft => {
    const found = drafts.get(deviceId) ?? { ...nothingOf(deviceId) };
    drafts.set(deviceId, found);
    return found;
  };
  for (const row of reads.custodyOfSession.all({ session, device })) {
    Object.assign(draftOf(row.deviceId), countersOf(row, lateAfterMs));
  }
  for (const { deviceId, outcome, frames } of reads.unstoredOfSession.all({ session, device })) {
    const draft = draftOf(deviceId);
    if (outcome === 'duplicate') draft.duplicates = frames;
    else if (outcome === 'dropped') draft.dropped = frames;
    else draft.refused = { ...draft.refused, [outcome]: frames };
  }
  for (const { deviceId, frames } of reads.erasedOfSession.all({ session, device })) draftOf(deviceId).erased = frames;
  for (const boot of reads.bootsOfSession.all({ session, device })) {
    assertGoesOn(isStopped);
    const draft = draftOf(boot.deviceId);
    const { missing, beforeFirst, ranges } = findHoles(reads, session, boot, MAX_HOLES - listed(draft));
    draft.missing += missing;
    draft.beforeFirst += beforeFirst;
    if (ranges.length > 0) draft.holes = [...draft.holes, { boot: boot.name, ranges }];
  }
  return [...drafts.values()];
}

function countersOf(row: CustodyRow, lateAfterMs: number): Partial<DeviceCustody> {
  const buckets = parseKept<DelayBuckets>(row.delays, 'A counter');
  const delays = { buckets, maxMs: row.delayMaxMs };
  const p50Ms = delayWithin(delays, 0.5);
  const p95Ms = delayWithin(delays, 0.95);
  const known = p50Ms !== null && p95Ms !== null && row.delayMaxMs !== null;
  return {
    stored: row.frames,
    bytes: row.bytes,
    firstAtMs: row.firstAtMs,
    lastAtMs: row.lastAtMs,
    late: countLonger(buckets, lateAfterMs),
    delay: known ? { p50Ms, p95Ms, maxMs: row.delayMaxMs } : null,
  };
}

function listed(draft: Draft): number {
  return draft.holes.reduce((sum: number, { ranges }: { ranges: readonly SeqRange[] }) => sum + ranges.length, 0);
}
