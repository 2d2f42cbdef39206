import { statfs } from 'node:fs/promises';
import type { DiskLevel, DiskWatchOptions, StoreLog } from './store';
import { StoreError } from './store-error';
import type { Troubles } from './troubles';

const MIB = 1024 * 1024;
/** Below this much free space nothing more is taken: SQLite's checkpoint and the laptop itself need some to go on. */
const FULL_BELOW_BYTES = 64 * MIB;
/** Below this the operator is warned: an hour of 100 phones with photos. */
const LOW_BELOW_BYTES = 1024 * MIB;
/** A level is left only when this much more is free: at the edge it would come and go. */
const HYSTERESIS = 1.25;
const INTERVAL_MS = 10_000;

/** Frames that fill free pages of the database need this much of the disk all the same: for the write-ahead log (database.ts). */
const LOG_BYTES = 32 * MIB;

const ORDER: readonly DiskLevel[] = ['full', 'low', 'ok'];

interface WatchParts {
  readonly troubles: Troubles;
  readonly log: StoreLog;
  /** Of free pages in the database: what an erasure freed and the file did not give back. */
  readonly reusableBytes: () => Promise<number>;
}

/** Room in the data folder, on the disk and in the database: warns when it gets low, and refuses before SQLite fails. */
export class DiskWatch {
  #level: DiskLevel = 'ok';
  #freeBytes = Infinity;
  #reusableBytes = 0;
  readonly #look: () => Promise<number>;
  readonly #askReusable: () => Promise<number>;
  readonly #troubles: Troubles;
  readonly #log: StoreLog;
  readonly #timer: NodeJS.Timeout;

  constructor(dataDir: string, options: DiskWatchOptions, to: WatchParts) {
    this.#look = options.freeBytes ?? (() => freeBytesOf(dataDir));
    this.#askReusable = to.reusableBytes;
    this.#troubles = to.troubles;
    this.#log = to.log;
    this.#timer = setInterval(() => void this.look(), options.intervalMs ?? INTERVAL_MS);
    this.#timer.unref();
  }

  /** storage_unavailable while the disk is full; null while there is room. */
  refusal(): StoreError | null {
    if (this.#level !== 'full') return null;
    const free = Math.floor(this.#freeBytes / MIB);
    const sentence = `The disk is full: ${free} MiB are left, and the laptop needs them.`;
    return new StoreError('storage_unavailable', sentence);
  }

  async look(): Promise<void> {
    try {
      this.#freeBytes = await this.#look();
    } catch (error) {
      // A file system that does not say how full it is fails a write when it is.
      this.#log('debug', 'free space is not known', { cause: error });
      return;
    }
    // When it can't be asked, what it said last is as true as the next guess.
    this.#reusableBytes = await this.#askReusable().catch(() => this.#reusableBytes);
    const needed = LOG_BYTES * (this.#level === 'full' ? HYSTERESIS : 1);
    const reusable = this.#freeBytes < needed ? 0 : this.#reusableBytes;
    const level = levelOf(this.#freeBytes + reusable, this.#level);
    if (level === this.#level) return;
    this.#level = level;
    this.#troubles.tell({ kind: 'disk', level, freeBytes: this.#freeBytes });
  }

  close(): void {
    clearInterval(this.#timer);
  }
}

/** Down at once, up only with some room to spare. */
function levelOf(freeBytes: number, before: DiskLevel): DiskLevel {
  const down = plainLevel(freeBytes);
  if (ORDER.indexOf(down) <= ORDER.indexOf(before)) return down;
  const up = plainLevel(freeBytes / HYSTERESIS);
  return ORDER.indexOf(up) > ORDER.indexOf(before) ? up : before;
}

function plainLevel(freeBytes: number): DiskLevel {
  if (freeBytes < FULL_BELOW_BYTES) return 'full';
  return freeBytes < LOW_BELOW_BYTES ? 'low' : 'ok';
}

async function freeBytesOf(folder: string): Promise<number> {
  // bavail: what is free for others than root.
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
