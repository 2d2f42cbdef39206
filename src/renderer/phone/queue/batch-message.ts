import type { QueuedBatch } from './batches';

/**
 * The `batch` message as text. The bodies are JSON already; they are joined, not parsed and written again.
 * `live: false` tells the hub that these are backfill.
 */
export function toBatchMessage(batch: QueuedBatch, live: boolean): string {
  const frames = batch.frames.map(({ seq, body }) => `{"seq":${seq},"data":${body}}`).join(',');
  return `{"type":"batch","boot":${JSON.stringify(batch.boot.name)},"live":${live},"frames":[${frames}]}`;
}
