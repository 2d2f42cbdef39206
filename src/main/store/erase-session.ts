import type { EraseCursor, EraseTarget } from './session-eraser';
import type { Erasure } from './store';
import type { WriterClient } from './writer-client';

/** Step by step: what phones sent meanwhile is committed between two of them. */
export async function erase(writer: WriterClient, target: EraseTarget): Promise<Erasure> {
  let frames = 0;
  const media: string[] = [];
  let after: EraseCursor | null = null;
  do {
    const step = await writer.erase(target, after);
    frames += step.frames;
    media.push(...step.media);
    after = step.next;
  } while (after !== null);
  return { frames, mediaFiles: media.length, media };
}
