import type { SeqRange } from '../../../common/model/delivery';
import { LIMITS } from '../../../common/wire/limits';
import type { RowKey, Tally, Writing } from './database';
import { WORTH } from './worth';

/** What went, and what is left to say about it. */
interface Freed {
  bytes: number;
  readonly keys: RowKey[];
}

/** Where it may be cut: never what is on its way to the hub. */
type MayGo = (boot: string, seq: number) => boolean;

/**
 * Gives up at least `needBytes`, if there is that much to give up, in this order: every other of the oldest frames without
 * a position, as often as it takes; positions, evenly over all there are; the oldest photos and notes. Never a word of a
 * person. What went is counted, and noted for the hub.
 */
export async function makeRoom(tx: Writing, tally: Tally, needBytes: number, mayGo: MayGo): Promise<Tally> {
  const freed: Freed = { bytes: 0, keys: [] };
  for (let before = -1; freed.bytes < needBytes && freed.bytes > before; ) {
    before = freed.bytes;
    await thin(tx, WORTH.sensors, 2, needBytes, mayGo, freed);
  }
  for (let before = -1; freed.bytes < needBytes && freed.bytes > before; ) {
    before = freed.bytes;
    const bytes = await sumBytes(tx, WORTH.position);
    // Evenly: over the whole of it, and not more than is needed.
    const every = Math.max(1, Math.floor(bytes / (needBytes - freed.bytes)));
    await thin(tx, WORTH.position, every, needBytes, mayGo, freed);
  }
  const media = freed.keys.length;
  await thin(tx, WORTH.media, 1, needBytes, mayGo, freed);
  await noteGaps(tx, freed.keys);
  return {
    ...tally,
    dropped: tally.dropped + freed.keys.length,
    bytes: tally.bytes - freed.bytes,
    media: tally.media - (freed.keys.length - media),
  };
}

const allOf = (worth: number): IDBKeyRange => IDBKeyRange.bound([worth], [worth + 1], false, true);

async function sumBytes(tx: Writing, worth: number): Promise<number> {
  let bytes = 0;
  let cursor = await tx.objectStore('frames').index('byWorth').openKeyCursor(allOf(worth));
  while (cursor) {
    bytes += cursor.key[4];
    cursor = await cursor.continue();
  }
  return bytes;
}

/** Takes out each `every`th of one worth, oldest first, until enough is free. */
async function thin(
  tx: Writing,
  worth: number,
  every: number,
  needBytes: number,
  mayGo: MayGo,
  freed: Freed,
): Promise<void> {
  const rows = tx.objectStore('frames');
  let index = 0;
  let cursor = await rows.index('byWorth').openKeyCursor(allOf(worth));
  while (cursor && freed.bytes < needBytes) {
    const [, , boot, seq, sizeBytes] = cursor.key;
    if (mayGo(boot, seq) && index++ % every === 0) {
      freed.bytes += sizeBytes;
      freed.keys.push(cursor.primaryKey);
      await rows.delete(cursor.primaryKey);
    }
    cursor = await cursor.continue();
  }
}

/** Notes what was given up, so that the hub hears of it even after a reload. */
export async function noteGaps(tx: Writing, keys: readonly RowKey[]): Promise<void> {
  const byBoot = new Map<string, number[]>();
  for (const [, boot, seq] of keys) {
    const seqs = byBoot.get(boot);
    if (seqs) seqs.push(seq);
    else byBoot.set(boot, [seq]);
  }
  const gaps = tx.objectStore('gaps');
  for (const [boot, seqs] of byBoot) {
    const ranges = toRanges(seqs);
    for (let from = 0; from < ranges.length; from += LIMITS.droppedRanges) {
      await gaps.add({ boot, ranges: ranges.slice(from, from + LIMITS.droppedRanges) });
    }
  }
}

/** Whole numbers in any order as rising ranges without overlap. */
function toRanges(numbers: readonly number[]): readonly SeqRange[] {
  const ranges: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && number <= last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges;
}
