import type { Handshake } from '../../../common/wire/ingest';
import type { FrameQueue, Part } from './frame-queue';
import { WORTH } from './worth';

/**
 * What was never sent as a file: one message of docs/wire-protocol.md a line, first a handshake that says whose they are
 * (without a key), then each frame and word with its number, media inside. Whoever imports it twice stores it once.
 */
export async function toUnsentFile(queue: FrameQueue, part: Part, who: Omit<Handshake, 'token'>): Promise<Blob> {
  const lines: Blob[] = [new Blob([JSON.stringify(who), '\n'])];
  // A blob each: the browser may keep them out of memory.
  await queue.forEach(part, ({ boot, seq, body, worth }) => {
    const number = `"boot":${JSON.stringify(boot)},"seq":${seq}`;
    const isWord = worth === WORTH.word;
    lines.push(new Blob([isWord ? `{${number},${body.slice(1)}` : `{"type":"data",${number},"data":${body}}`, '\n']));
  });
  return new Blob(lines, { type: 'application/x-ndjson' });
}
