import { z } from 'zod';
import type { Recording } from '../../model/recording';
import { none, request } from './request';

/** Schema of {@link Recording}. */
export const recordingSchema = z.object({
  recordingId: z.string(),
  sessionId: z.string(),
  shareId: z.string().nullable(),
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

const recordingId = z.string().max(64);
/** Some 700 kB of bytes: a message of the control room is at most 1 MiB. */
const base64 = z.base64().max(960_000);

const saved = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('cancelled') }),
  z.object({ outcome: z.literal('saved'), path: z.string() }),
]);

/** Shares kept in the session: recordings, and snapshots as photos. */
export const recordingRequests = {
  /**
   * Begins a recording of a share, in the current session. The caller records (WebM with VP8 or VP9) and sends chunks; when
   * its connection ends, so does the recording; when the session ends, too (`recording.changed`, ending `session`), and the
   * caller may begin anew. `conflict`: another control room records this share;
   * `storage_unavailable`: the disk is nearly full.
   */
  'recording.start': request(
    'operate',
    z.object({
      /** Whatever names the share for all control rooms: the peer's id, or that of a pulled source. */
      shareId: z.string().min(1).max(128),
      deviceId: z.string().max(64).nullable(),
      name: z.string().trim().min(1).max(128),
      source: z.enum(['webrtc', 'whip', 'mjpeg']),
      kind: z.enum(['screen', 'camera']).nullable(),
    }),
    z.object({ recording: recordingSchema }),
  ),
  /**
   * Adds a chunk (base64), numbered from 0; answered when it is on the disk. `not_found`: it has ended; `conflict`: another
   * chunk comes next; `storage_unavailable`: the disk is nearly full, and the recording has ended.
   */
  'recording.append': request(
    'operate',
    z.object({ recordingId, index: z.number().int().min(0), chunk: base64 }),
    z.object({ bytes: z.number() }),
  ),
  /** Ends it. It gets its duration and index in the background, see `recording.changed`. `not_found`. */
  'recording.stop': request('operate', z.object({ recordingId }), z.object({ recording: recordingSchema })),
  /** Those of a session, oldest first. `not_found`: no such session. */
  'recording.list': request(
    'view',
    z.object({ sessionId: z.string().max(64) }),
    z.object({ recordings: z.array(recordingSchema) }),
  ),
  /**
   * A path on the hub under which it can be watched and sought in, or downloaded, for 12 hours; one that is `finishing` can be
   * watched, but hardly sought in. `not_found`: none that plays.
   */
  'recording.open': request('view', z.object({ recordingId }), z.object({ path: z.string() })),
  /**
   * Copies the file to where the operator chooses (needs `native.saveDialog`). `not_found`: none that plays; `conflict`: no
   * dialog here; `storage_unavailable`: it could not be written.
   */
  'recording.save': request('view', z.object({ recordingId }), saved),
  /** Deletes the file. `not_found`; `conflict`: it is being recorded. */
  'recording.remove': request('operate', z.object({ recordingId }), none),
  /** Keeps a picture of a share (JPEG, base64) as a photo of that device, now. `not_found`; `invalid_params`: no JPEG. */
  'snapshot.keep': request(
    'operate',
    z.object({ deviceId: z.string().max(64), jpeg: base64 }),
    z.object({ sha256: z.string() }),
  ),
  /** Saves a picture of a share of nobody known where the operator chooses; see `recording.save`. */
  'snapshot.save': request('view', z.object({ fileName: z.string().trim().min(1).max(200), jpeg: base64 }), saved),
} as const;
