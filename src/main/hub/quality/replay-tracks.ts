import { setTimeout } from 'node:timers/promises';
import type { StoredFrame } from '../../../common/model/frame';

interface ReplayOptions {
  /** Frames after it came in this run and are taken in as they are stored. */
  readonly upToFrameId: number;
  /** False once nobody waits for the result. */
  isWanted(): boolean;
  /** Frames of the session in the order of the log. */
  page(
    after: number | null,
    limit: number,
  ): Promise<{ readonly items: readonly StoredFrame[]; readonly next: number | null }>;
  replay(frame: StoredFrame): void;
}

/** A few milliseconds of the thread that answers phones. */
const PAGE_FRAMES = 200;

/**
 * Feeds the frames of before a restart to the tracks while the hub already serves. Pauses after each page for as long as it
 * took: phones that come back all at once go first. Some ten thousand frames a second.
 */
export async function replayTracks(options: ReplayOptions): Promise<void> {
  let after: number | null = null;
  for (;;) {
    const startedAt = performance.now();
    const { items, next } = await options.page(after, PAGE_FRAMES);
    if (!options.isWanted()) return;
    const before = items.filter(({ frameId }) => frameId <= options.upToFrameId);
    for (const frame of before) options.replay(frame);
    if (next === null || before.length < items.length) return;
    after = next;
    await setTimeout(performance.now() - startedAt, undefined, { ref: false });
  }
}
