import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb';

/** One page load: the counting epoch of its frames. */
export interface Boot {
  /** Random, unique per page load; the `boot` of the wire. */
  readonly name: string;
  /** Device clock at page load, ms since the epoch: only orders boots, oldest first. */
  readonly openedAtMs: number;
}

/** A frame that is not settled yet. Its key is [openedAtMs, boot, seq], so key order is sending order. */
interface FrameRow {
  readonly openedAtMs: number;
  readonly boot: string;
  /** From 1, without holes within a boot. */
  readonly seq: number;
  /** Device clock, ms since the epoch. */
  readonly capturedAtMs: number;
  /** The frame as JSON text: serialised once, so its size on the wire is known. */
  readonly body: string;
  /** UTF-8 bytes of `body`. */
  readonly sizeBytes: number;
}

/** Frames of this browser profile since its first page load. Changed only together with the rows they count. */
export interface Tally {
  readonly captured: number;
  /** Stored by the hub, by its own word. */
  readonly delivered: number;
  /** The hub will never take them; their last message is shown. */
  readonly refused: number;
}

/** Key of the one record of the store `tally`. */
export const TALLY_KEY = 'all';

interface QueueSchema extends DBSchema {
  frames: { key: [openedAtMs: number, boot: string, seq: number]; value: FrameRow };
  tally: { key: string; value: Tally };
}

export type QueueDatabase = IDBPDatabase<QueueSchema>;

/** Opens the queue of this origin. Rejects where the browser keeps nothing (some private windows). */
export function openQueueDatabase(name: string): Promise<QueueDatabase> {
  return openDB<QueueSchema>(name, 1, {
    upgrade(database) {
      database.createObjectStore('frames', { keyPath: ['openedAtMs', 'boot', 'seq'] });
      database.createObjectStore('tally');
    },
    blocking(_currentVersion, _blockedVersion, event) {
      // A newer page in another tab wants to upgrade: make way, this page reconnects to the queue on reload.
      (event.target as IDBDatabase).close();
    },
  });
}

/** Removes a queue with everything in it. */
export const deleteQueueDatabase = (name: string): Promise<void> => deleteDB(name);
