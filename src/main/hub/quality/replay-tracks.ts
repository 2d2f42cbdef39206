import { setTimeout } from 'node:timers/promises';
import type { StoredFrame } from '../../../common/model/frame';

/** A page of the log. */
type Page = { readonly items: readonly StoredFrame[]; readonly next: number | null };

interface ReplayOptions {
  /** Frames up to it need not be read. */
  readonly after: number;
  /** False once nobody waits for the result. */
  isWanted(): boolean;
  /** Frames of the session in the order of the log. */
  page(after: number, limit: number): Promise<Page>;
  replay(frame: StoredFrame): void;
  /** What came while the last page was read is known, so that nothing else has to be read. */
  isComplete(): boolean;
}

/** A few milliseconds of the thread that answers phones. */
const PAGE_FRAMES = 200;

/**
 * Feeds stored frames to the tracks while the hub already serves. Pauses after each page for as long as it took: phones that
 * come back all at once go first. Some ten thousand frames a second.
 * @returns how many it read; null: it stopped because nobody waits any more.
 */
export async function replayTracks(options: ReplayOptions): Promise<number | null> {
  let { after } = options;
  for (let frames = 0; ; ) {
    const startedAt = performance.now();
    const { items, next } = await options.page(after, PAGE_FRAMES);
    if (!options.isWanted()) return null;
    for (const frame of items) options.replay(frame);
    frames += items.length;
    after = next ?? items.at(-1)?.frameId ?? after;
    if (next === null && options.isComplete()) return frames;
    await setTimeout(performance.now() - startedAt, undefined, { ref: false });
    if (!options.isWanted()) return null;
  }
}
