import { mediaPath, sizeOf } from './media-files';
import type { ReadStatements } from './statements/read-statements';
import type { LostMedia } from './store';

/** Rows read in one go: a longer read would keep the write-ahead log from being emptied. */
const ROWS = 2000;
/** Names told at most. */
const MAX_PEOPLE = 10;

/** Looks whether every file that the log refers to is there in its full size. Contents are not read: that takes hours. */
export function findLostMedia(reads: ReadStatements, dataDir: string): LostMedia {
  const people = new Set<string>();
  let files = 0;
  for (let after: number | null = 0; after !== null; ) {
    const rows: ReturnType<typeof reads.mediaFrom.all> = reads.mediaFrom.all(after, ROWS);
    for (const { media, sha256, extension, bytes } of rows) {
      if (sizeOf(mediaPath(dataDir, sha256, extension)) === bytes) continue;
      // Erased meanwhile: row first, file after it.
      if (reads.mediaBySha256.get(sha256) === undefined) continue;
      files += 1;
      if (people.size < MAX_PEOPLE) for (const name of reads.peopleOfMedia.all(media)) people.add(name);
    }
    after = rows.length < ROWS ? null : (rows.at(-1)?.media ?? null);
  }
  return { files, people: [...people].slice(0, MAX_PEOPLE) };
}
