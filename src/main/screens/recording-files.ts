import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Recording } from '../../common/model/recording';

const schema = z.object({
  recordingId: z.string().regex(/^rec_[0-9a-f]{16}$/),
  sessionId: z.string(),
  shareId: z.string().nullable().default(null),
  deviceId: z.string().nullable(),
  name: z.string(),
  source: z.enum(['webrtc', 'whip', 'mjpeg']),
  kind: z.enum(['screen', 'camera']).nullable(),
  startedAtMs: z.number(),
  endedAtMs: z.number().nullable(),
  bytes: z.number(),
  durationMs: z.number().nullable(),
  state: z.enum(['recording', 'finishing', 'ready', 'failed']),
  ending: z.enum(['stopped', 'disk', 'lost', 'session']).nullable(),
}) satisfies z.ZodType<Recording>;

/** `recordings/ID.json` says what `ID.webm` is; `ID.part` is one as it came. Names are ours: no text of a phone's is in a path. */
export class RecordingFiles {
  readonly #folder: string;

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'recordings');
  }

  /** As it comes, chunk by chunk. */
  part(recordingId: string): string {
    return join(this.#folder, `${recordingId}.part`);
  }

  /** The one that plays. */
  whole(recordingId: string): string {
    return join(this.#folder, `${recordingId}.webm`);
  }

  /** The one that plays, while it is written. */
  half(recordingId: string): string {
    return `${this.whole(recordingId)}.half`;
  }

  /** All that are described; what is not readable is left alone. Copies that a power cut or a kill left half written go. */
  read(): readonly Recording[] {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const names = readdirSync(this.#folder);
    for (const name of names) if (name.endsWith('.half')) rmSync(join(this.#folder, name), { force: true });
    return names
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => {
        try {
          return schema.parse(JSON.parse(readFileSync(join(this.#folder, name), 'utf8')));
        } catch {
          return [];
        }
      })
      .sort((a, b) => a.startedAtMs - b.startedAtMs);
  }

  /** Durable, never half written. */
  async describe(recording: Recording): Promise<void> {
    const path = join(this.#folder, `${recording.recordingId}.json`);
    const half = `${path}.new`;
    const file = await open(half, 'w', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(recording, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(half, path);
  }

  /** The description last: cut short, it is still listed and can be removed again. */
  remove(recordingId: string): void {
    for (const path of [this.part(recordingId), this.whole(recordingId), this.half(recordingId)]) {
      rmSync(path, { force: true });
    }
    rmSync(join(this.#folder, `${recordingId}.json`), { force: true });
  }

  /** The one that came, once there is one that plays. */
  dropPart(recordingId: string): void {
    rmSync(this.part(recordingId), { force: true });
  }

  dropHalf(recordingId: string): void {
    rmSync(this.half(recordingId), { force: true });
  }
}
