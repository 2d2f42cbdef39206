import { type DBSchema, deleteDB, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import type { SeqRange } from '../../../common/model/delivery';
import { type Lane, toLane, toWorth } from './worth';

/** One page load: the counting epoch of its frames. */
export interface Boot {
  /** Random, unique per page load; the `boot` of the wire. */
  readonly name: string;
  /** Device clock at page load, ms since the epoch: only orders boots, oldest first. */
  readonly openedAtMs: number;
}

/** A frame or word that is not settled yet. Its key is [openedAtMs, boot, seq], so key order is the order of capture. */
export interface FrameRow {
  readonly openedAtMs: number;
  readonly boot: string;
  /** From 1, without holes within a boot. */
  readonly seq: number;
  /** Device clock, ms since the epoch. */
  readonly capturedAtMs: number;
  /** The frame, or the word without its number, as JSON text: serialised once, so its size on the wire is known. */
  readonly body: string;
  /** UTF-8 bytes of `body`. */
  readonly sizeBytes: number;
  readonly lane: Lane;
  /** What goes first when there is no room: see {@link toWorth}. */
  readonly worth: number;
}

/** Frames that were given up, until the hub knows it. */
interface GapRow {
  readonly boot: string;
  readonly ranges: readonly SeqRange[];
}

/** Whose a boot is: see `hubs.ts`. */
interface BootRow {
  readonly boot: string;
  readonly hubId: string;
  /** Device clock, ms since the epoch. */
  readonly boundAtMs: number;
}

/**
 * Whose frames were counted. A boot's are its hub's once it is bound to one; the boot without a name stands for frames that
 * were counted before anybody asked whose they are: they are of the hub that welcomes first.
 */
export type CapturedKey = [owner: 'hub' | 'boot', name: string];

export const BEFORE_ANY_HUB: CapturedKey = ['boot', ''];

/** Frames of this browser profile since its first page load. Changed only together with the rows they count. */
export interface Tally {
  readonly captured: number;
  /** Stored by the hub, by its own word. */
  readonly delivered: number;
  /** The hub will never take them; their last message is shown. */
  readonly refused: number;
  /** Given up by this phone: no room, or the person said so. */
  readonly dropped: number;
  /** UTF-8 bytes of what waits. */
  readonly bytes: number;
  /** Photos and audio notes that wait. */
  readonly media: number;
}

/** Key of the one record of the store `tally`. */
const TALLY_KEY = 'all';
const EMPTY: Tally = { captured: 0, delivered: 0, refused: 0, dropped: 0, bytes: 0, media: 0 };

interface QueueSchema extends DBSchema {
  frames: {
    key: RowKey;
    value: FrameRow;
    indexes: {
      byLane: [lane: Lane, openedAtMs: number, boot: string, seq: number];
      // The size is in the key: what must go is found without reading a single photo.
      byWorth: [worth: number, openedAtMs: number, boot: string, seq: number, sizeBytes: number];
    };
  };
  tally: { key: string; value: Tally };
  gaps: { key: number; value: GapRow };
  boots: { key: string; value: BootRow };
  /** Frames captured, by whose they are: see `captured.ts`. */
  captured: { key: CapturedKey; value: number };
}

export type RowKey = [openedAtMs: number, boot: string, seq: number];
export type QueueDatabase = IDBPDatabase<QueueSchema>;
type StoreName = 'frames' | 'tally' | 'gaps' | 'boots' | 'captured';
export type Writing = IDBPTransaction<QueueSchema, StoreName[], 'readwrite'>;

/**
 * Opens the queue of this origin. Rejects where the browser keeps nothing (some private windows). `ended`: the browser let
 * go of it by itself.
 */
export function openQueueDatabase(name: string, ended: () => void = () => undefined): Promise<QueueDatabase> {
  return openDB<QueueSchema>(name, 4, {
    upgrade(database, oldVersion, _newVersion, tx) {
      if (oldVersion < 1) {
        database.createObjectStore('frames', { keyPath: ['openedAtMs', 'boot', 'seq'] });
        database.createObjectStore('tally');
      }
      if (oldVersion < 2) {
        database.createObjectStore('gaps', { autoIncrement: true });
        const frames = tx.objectStore('frames');
        frames.createIndex('byLane', ['lane', 'openedAtMs', 'boot', 'seq']);
        frames.createIndex('byWorth', ['worth', 'openedAtMs', 'boot', 'seq', 'sizeBytes']);
      }
      if (oldVersion < 3) database.createObjectStore('boots', { keyPath: 'boot' });
      database.createObjectStore('captured');
      // The transaction lives until it is done, and the queue opens after it.
      if (oldVersion > 0) bringAlong(tx, oldVersion).catch(() => tx.abort());
    },
    terminated: ended,
    blocking(_currentVersion, _blockedVersion, event) {
      // A newer page in another tab wants to upgrade: make way, this page reconnects to the queue on reload.
      (event.target as IDBDatabase).close();
    },
  });
}

type Upgrading = IDBPTransaction<QueueSchema, StoreName[], 'versionchange'>;

async function bringAlong(tx: Upgrading, oldVersion: number): Promise<void> {
  if (oldVersion === 1) await sortOldRows(tx);
  await shareOldCount(tx);
}

/**
 * Up to version 3 there was one count for all hubs. Where there was one hub at most it is that hub's. Where there were more nobody can
 * tell any more: each has what still waits for it, and has kept itself what it was told before.
 */
async function shareOldCount(tx: Upgrading): Promise<void> {
  const hubOf = new Map((await tx.objectStore('boots').getAll()).map(({ boot, hubId }) => [boot, hubId]));
  const [hubId, ...otherHubs] = new Set(hubOf.values());
  const counted = tx.objectStore('captured');
  let left = (await tx.objectStore('tally').get(TALLY_KEY))?.captured ?? 0;
  for (const { name, rows } of await countRows(tx)) {
    if (otherHubs.length === 0 && hubOf.has(name)) continue;
    await counted.put(rows, ['boot', name]);
    left -= rows;
  }
  if (otherHubs.length === 0 && left > 0)
    await counted.put(left, hubId === undefined ? BEFORE_ANY_HUB : ['hub', hubId]);
}

/** What waits of each boot. */
async function countRows(tx: Upgrading): Promise<readonly { readonly name: string; readonly rows: number }[]> {
  const store = tx.objectStore('frames');
  const boots: { name: string; rows: number }[] = [];
  let cursor = await store.openKeyCursor();
  while (cursor) {
    const [openedAtMs, name] = cursor.primaryKey;
    const last = [openedAtMs, `${name}\uffff`, 0] satisfies RowKey;
    boots.push({ name, rows: await store.count(IDBKeyRange.bound([openedAtMs, name], last)) });
    cursor = await cursor.continue(last);
  }
  return boots;
}

/** Version 1 knew neither lanes nor bytes. */
async function sortOldRows(tx: Upgrading): Promise<void> {
  let bytes = 0;
  let media = 0;
  let cursor = await tx.objectStore('frames').openCursor();
  while (cursor) {
    const row = cursor.value;
    const worth = toWorth(row.body);
    await cursor.update({ ...row, worth, lane: toLane(worth) });
    bytes += row.sizeBytes;
    if (toLane(worth) === 'media') media += 1;
    cursor = await cursor.continue();
  }
  const tally = tx.objectStore('tally');
  await tally.put({ ...EMPTY, ...(await tally.get(TALLY_KEY)), bytes, media }, TALLY_KEY);
}

export const readTally = async (database: QueueDatabase): Promise<Tally> =>
  (await database.get('tally', TALLY_KEY)) ?? EMPTY;

/** Changes rows and what counts them in one transaction; resolves once it is committed. */
export async function change(
  database: QueueDatabase,
  work: (tx: Writing, tally: Tally) => Promise<Tally>,
  durability: IDBTransactionDurability = 'default',
): Promise<Tally> {
  const tx = database.transaction(['frames', 'tally', 'gaps', 'boots', 'captured'], 'readwrite', { durability });
  try {
    const tally = await work(tx, (await tx.objectStore('tally').get(TALLY_KEY)) ?? EMPTY);
    await Promise.all([tx.objectStore('tally').put(tally, TALLY_KEY), tx.done]);
    return tally;
  } catch (error) {
    // Its own rejection says the same.
    tx.done.catch(() => undefined);
    throw error;
  }
}

/** Removes a queue with everything in it. */
export const deleteQueueDatabase = (name: string): Promise<void> => deleteDB(name);
