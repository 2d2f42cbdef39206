import { z } from 'zod';
import { doctorCheckSchema } from './requests/doctor';
import { drillSchema } from './requests/drill';
import { mjpegSourceSchema } from './requests/mjpeg';
import { recordingSchema } from './requests/recording';
import { signalSchema } from './requests/signaling';
import { backupSchema } from './requests/storage';
import {
  accessSchema,
  alertSchema,
  exportProgressSchema,
  keyInfoSchema,
  liveDeviceSchema,
  pairingSchema,
  sessionSchema,
} from './schemas';

/** Every event of the hub, sent in order to each connection that called `live.subscribe`. */
export const EVENTS = {
  /**
   * What changed since the last batch, at most 10 a second: the newest state of each changed device, those that left
   * the list, and how many frames were merged into it. A reader that falls behind gets fewer, larger batches.
   */
  'live.batch': z.object({
    nowMs: z.number(),
    devices: z.array(liveDeviceSchema),
    removed: z.array(z.string()),
    mergedFrames: z.number().int(),
  }),
  /** The current session began, was renamed or ended (the payload is then the new current one). Counts: at most 1 a second. */
  'session.changed': z.object({ session: sessionSchema }),
  /** An alert was raised, or replaced by one with the same id; with the same `raisedAtMs`: only its words are others. */
  'alert.raised': alertSchema,
  /** Somebody has seen it: `alert.acknowledge`. */
  'alert.acknowledged': alertSchema,
  'alert.cleared': z.object({ id: z.string() }),
  /**
   * A person wrote, answered or read. `to`: id of the operator's message or request it is about; null for a `message`.
   * `text`: what was said; null for a `read`.
   */
  'message.received': z.object({
    deviceId: z.string(),
    kind: z.enum(['message', 'reply', 'read']),
    to: z.string().nullable(),
    text: z.string().nullable(),
    atMs: z.number(),
  }),
  /** Who gets in changed, or who waits for it; at most 4 a second. */
  'access.changed': accessSchema,
  /** Addresses, key or proof of reach changed. */
  'pairing.changed': pairingSchema,
  /** A key was made, replaced, taken back, or its time is over. Not told of each use: `lastUsedAtMs` may be older. */
  'key.changed': z.object({ keys: z.array(keyInfoSchema) }),
  /** At most 4 a second an export; the last has a state other than `running`. Only to the connection that started it. */
  'export.progress': exportProgressSchema,
  /** What `/signaling` sends to this connection as a peer. Only to a connection that asked `signaling.join`. */
  'signaling.message': z.object({ message: signalSchema }),
  /** A backup goes on (twice a second at most) or ended. */
  'backup.progress': backupSchema,
  /** A drill began, went on (once a second) or ended: all of it, as it then is. */
  'drill.progress': drillSchema,
  /** A recording began, grew (with each chunk), ended or got ready; `isGone`: it was deleted. */
  'recording.changed': z.object({ recording: recordingSchema, isGone: z.boolean() }),
  /** Screens that the hub pulls came, went or are doing otherwise; at most 2 a second. */
  'mjpeg.changed': z.object({ sources: z.array(mjpegSourceSchema) }),
  /** A check of the doctor ended. Only to the connection that asked for it. */
  'doctor.progress': doctorCheckSchema,
} as const;

/** The name of an event. */
export type EventName = keyof typeof EVENTS;
/** What an event carries. */
export type EventPayload<N extends EventName> = z.output<(typeof EVENTS)[N]>;

/** Events that hold a key or what only the operator decides: viewers never get them. */
export const OPERATOR_EVENTS: ReadonlySet<EventName> = new Set([
  'access.changed',
  'pairing.changed',
  'key.changed',
  'drill.progress',
  'doctor.progress',
  'backup.progress',
]);
