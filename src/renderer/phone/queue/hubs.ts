import { addCaptured } from './captured';
import type { Boot, QueueDatabase, RowKey, Writing } from './database';
import { noteGaps } from './make-room';
import type { Lane } from './worth';

/** Which of the boots on this phone are whose. */
export interface Bound {
  /** Captured for the hub that answers now. */
  readonly ours: ReadonlySet<string>;
  /** Captured for others: kept, and never sent to this one. */
  readonly others: ReadonlySet<string>;
}

/** What waits for other hubs. */
export interface Held {
  readonly frames: number;
  /** Photos and audio notes among them. */
  readonly media: number;
}

/** A boot of which nothing waits is forgotten after this: another tab may still be counting in it, ms. */
const FORGET_MS = 24 * 3_600_000;

/** All rows of one boot. */
const ofBoot = ({ openedAtMs, name }: Boot): IDBKeyRange =>
  IDBKeyRange.bound([openedAtMs, name], [openedAtMs, `${name}\uffff`]);

/** The boots that something waits of, oldest first. */
async function readBoots(tx: Writing): Promise<readonly Boot[]> {
  const boots: Boot[] = [];
  let cursor = await tx.objectStore('frames').openKeyCursor();
  while (cursor) {
    const [openedAtMs, name] = cursor.primaryKey;
    boots.push({ openedAtMs, name });
    // Over the rest of its rows.
    cursor = await cursor.continue([openedAtMs, `${name}\uffff`, 0]);
  }
  return boots;
}

/**
 * Binds to a hub that welcomed this phone what waits and is of none yet: it was captured before any welcome. What is bound
 * stays bound: addresses of hotspots repeat, and the next team's hub must not get what was left from the last.
 */
export async function bindBoots(tx: Writing, hubId: string, current: Boot, nowMs: number): Promise<Bound> {
  const store = tx.objectStore('boots');
  const known = new Map((await store.getAll()).map((row) => [row.boot, row]));
  const gaps = await tx.objectStore('gaps').getAll();
  const waiting = new Set([...(await readBoots(tx)).map(({ name }) => name), ...gaps.map(({ boot }) => boot)]);
  for (const boot of [...waiting, current.name]) {
    if (known.has(boot)) continue;
    const row = { boot, hubId, boundAtMs: nowMs };
    known.set(boot, row);
    await store.put(row);
  }
  const ours = new Set<string>();
  const others = new Set<string>();
  for (const row of known.values()) {
    (row.hubId === hubId ? ours : others).add(row.boot);
    const isOver = !waiting.has(row.boot) && row.boot !== current.name && nowMs - row.boundAtMs > FORGET_MS;
    if (isOver) await store.delete(row.boot);
  }
  return { ours, others };
}

/** A call for help is for whoever answers: it goes along into the new boot, and its old number is given up. */
export async function moveSos(tx: Writing, from: Boot, to: Boot): Promise<number> {
  const lane: Lane = 'sos';
  const frames = tx.objectStore('frames');
  const range = IDBKeyRange.bound([lane, from.openedAtMs, from.name], [lane, from.openedAtMs, `${from.name}\uffff`]);
  const rows = await frames.index('byLane').getAll(range);
  const left: RowKey[] = [];
  for (const [index, row] of rows.entries()) {
    await frames.delete([row.openedAtMs, row.boot, row.seq]);
    await frames.add({ ...row, openedAtMs: to.openedAtMs, boot: to.name, seq: index + 1 });
    left.push([row.openedAtMs, row.boot, row.seq]);
  }
  await noteGaps(tx, left);
  // The hub it was captured for has counted it, too.
  await addCaptured(tx, to.name, rows.length);
  return rows.length;
}

export async function countHeld(database: QueueDatabase, others: ReadonlySet<string>): Promise<Held> {
  if (others.size === 0) return { frames: 0, media: 0 };
  const tx = database.transaction('frames');
  const store = tx.objectStore('frames');
  let frames = 0;
  let media = 0;
  let cursor = await store.openKeyCursor();
  while (cursor) {
    const [openedAtMs, name] = cursor.primaryKey;
    if (others.has(name)) {
      frames += await store.count(ofBoot({ openedAtMs, name }));
      const lane: Lane = 'media';
      media += await store
        .index('byLane')
        .count(IDBKeyRange.bound([lane, openedAtMs, name], [lane, openedAtMs, `${name}\uffff`]));
    }
    cursor = await cursor.continue([openedAtMs, `${name}\uffff`, 0]);
  }
  return { frames, media };
}
