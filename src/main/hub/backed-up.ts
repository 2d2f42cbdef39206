import type { Beside } from '../store';
import type { CapturedBook } from './captured-book';
import type { CustodyBook } from './custody';
import type { RefusalCounts } from './refusal-counts';

/**
 * Of the data folder, beside the log and its media. Not there: keys and the hub's CA (a backup goes on sticks and into
 * clouds; who has them is the operator), thumbnails (made again), other backups, and what only the running hub needs.
 */
const BESIDE_THE_LOG: readonly Beside[] = [
  { folder: 'certificates', ends: ['.json'] },
  // One that is going on, or not finished yet, as far as it is: a start on the backup finishes it.
  { folder: 'recordings', ends: ['.json', '.part', '.webm'], linkedEnds: ['.webm'] },
  { folder: '', ends: ['profile.json'] },
];

interface BackedUpParts {
  readonly captured: Pick<CapturedBook, 'flush'>;
  readonly refusals: Pick<RefusalCounts, 'flush'>;
  readonly custody: Pick<CustodyBook, 'issueMissing'>;
}

/** What the hub does around a copy of the log, so that the copy tells of its sessions what the hub tells. */
export class BackedUp {
  readonly #parts: BackedUpParts;

  constructor(parts: BackedUpParts) {
    this.#parts = parts;
  }

  /** Before it: what is counted and not yet in the log goes there. */
  async prepare(): Promise<void> {
    await Promise.all([this.#parts.captured.flush(), this.#parts.refusals.flush()]);
  }

  /** After it: each session that is stopped in the copy has its certificate, and what belongs to it is named. */
  readonly besides = async (): Promise<readonly Beside[]> => {
    await this.#parts.custody.issueMissing();
    return BESIDE_THE_LOG;
  };
}
