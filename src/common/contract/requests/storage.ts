import { z } from 'zod';
import type { Backup } from '../../model/backup';
import { none, request } from './request';

const number = z.number();
const bytes = number.min(0);

/** Schema of {@link Backup}. */
export const backupSchema = z.object({
  backupId: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  path: z.string(),
  startedAtMs: number,
  logBytes: bytes,
  totalLogBytes: bytes,
  sizeBytes: bytes.nullable(),
  mediaFiles: number.nullable(),
  message: z.string().nullable(),
}) satisfies z.ZodType<Backup>;

const planSchema = z.object({
  /** Oldest first. */
  sessions: z
    .array(z.object({ sessionId: z.string(), name: z.string(), endedAtMs: number, frames: number, bytes }))
    .readonly(),
  frames: number,
  bytes,
});

/** See {@link planSchema}. */
export type RetentionPlan = z.infer<typeof planSchema>;

/** The disk: what is on it, copies of it, and what is to go. */
export const storageRequests = {
  /** How much of what there is, bytes; `freeBytes` null where the disk does not say. `backup`: runs, or was the last. */
  'storage.get': request(
    'operate',
    none,
    z.object({
      logBytes: bytes,
      mediaBytes: bytes,
      mediaFiles: number,
      thumbnailBytes: bytes,
      recordingBytes: bytes,
      freeBytes: bytes.nullable(),
      backup: backupSchema.nullable(),
    }),
  ),
  /**
   * Starts a backup while the hub goes on; it is a data folder then, without keys and the hub's CA. `to: 'dialog'` (needs
   * `native.saveDialog`): the hub asks for a folder and makes one in it. `to: 'folder'`: into `backups/NAME` of the data
   * folder. Events `backup.progress` follow. `conflict`: one runs, there is such a folder, or no dialog here.
   */
  'storage.backUp': request(
    'operate',
    z.discriminatedUnion('to', [
      z.object({ to: z.literal('dialog') }),
      z.object({
        to: z.literal('folder'),
        name: z
          .string()
          .trim()
          .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u, 'letters, digits, spaces, dots, dashes; 1 to 64 of them')
          .refine((name) => !name.endsWith('.'), 'no dot at the end'),
      }),
    ]),
    z.discriminatedUnion('outcome', [
      z.object({ outcome: z.literal('cancelled') }),
      z.object({ outcome: z.literal('writing'), backup: backupSchema }),
    ]),
  ),
  /** What would go, were these the limits; nothing does. Days since a session ended; bytes of all sessions. Null: no limit. */
  'storage.plan': request(
    'operate',
    z.object({ maxAgeDays: number.min(0).max(36_500).nullable(), maxBytes: bytes.nullable() }),
    z.object({ plan: planSchema }),
  ),
  /**
   * Erases ended sessions: frames, media that no other frame shows, with their thumbnails, and recordings. Phones go on
   * sending meanwhile. It can't be undone. `name`: of each as it is kept, to be sure: as it was typed, or shown by a plan.
   * `not_found`; `conflict`: one is the current one, or has another name: nothing is erased then.
   */
  'storage.erase': request(
    'operate',
    z.object({
      sessions: z
        .array(z.object({ sessionId: z.string().max(64), name: z.string().max(200) }))
        .min(1)
        .max(10_000),
    }),
    z.object({ sessions: number, frames: number, mediaFiles: number, recordings: number }),
  ),
} as const;
