import type { SeqRange } from '../../../common/model/delivery';
import type { Boot, FrameRow, RowKey, Tally, Writing } from './database';
import { noteGaps } from './make-room';
import { WORTH } from './worth';

/** The tally after, and how many rows left the queue. */
export interface Left {
  readonly tally: Tally;
  readonly rows: number;
}

const withoutRow = (tally: Tally, row: FrameRow, as: 'delivered' | 'refused'): Tally => ({
  ...tally,
  [as]: tally[as] + 1,
  bytes: tally.bytes - row.sizeBytes,
  media: tally.media - (row.lane === 'media' ? 1 : 0),
});

/** Takes out what the hub has settled; what it refused counts as refused whether or not a range names it. */
export async function settleRows(
  tx: Writing,
  tally: Tally,
  boot: Boot,
  settled: readonly SeqRange[],
  refused: readonly number[],
): Promise<Left> {
  const isRefused = new Set(refused);
  const ranges = [...settled, ...refused.map((seq): SeqRange => [seq, seq])];
  let next = tally;
  let rows = 0;
  for (const [from, to] of ranges) {
    if (from > to) continue;
    const range = IDBKeyRange.bound([boot.openedAtMs, boot.name, from], [boot.openedAtMs, boot.name, to]);
    let cursor = await tx.objectStore('frames').openCursor(range);
    while (cursor) {
      next = withoutRow(next, cursor.value, isRefused.has(cursor.value.seq) ? 'refused' : 'delivered');
      rows += 1;
      await cursor.delete();
      cursor = await cursor.continue();
    }
  }
  return { tally: next, rows };
}

/** One row that the hub will never take, and does not know the number of: it is told like one that was given up. */
export async function giveUpRow(tx: Writing, tally: Tally, key: RowKey): Promise<Left> {
  const row = await tx.objectStore('frames').get(key);
  if (!row) return { tally, rows: 0 };
  await tx.objectStore('frames').delete(key);
  await noteGaps(tx, [key]);
  return { tally: withoutRow(tally, row, 'refused'), rows: 1 };
}

/** Gives up every row of the boots that are meant. */
export async function discardRows(tx: Writing, tally: Tally, isMeant: (boot: string) => boolean): Promise<Tally> {
  const keys: RowKey[] = [];
  let bytes = 0;
  let media = 0;
  let cursor = await tx.objectStore('frames').index('byWorth').openKeyCursor();
  while (cursor) {
    const [worth, , boot, , sizeBytes] = cursor.key;
    if (isMeant(boot)) {
      keys.push(cursor.primaryKey);
      bytes += sizeBytes;
      media += worth === WORTH.media ? 1 : 0;
    }
    cursor = await cursor.continue();
  }
  for (const key of keys) await tx.objectStore('frames').delete(key);
  await noteGaps(tx, keys);
  return {
    ...tally,
    dropped: tally.dropped + keys.length,
    bytes: tally.bytes - bytes,
    media: tally.media - media,
  };
}
