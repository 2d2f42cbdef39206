import { z } from 'zod';
import { certificateSchema, sessionSchema } from '../schemas';
import { none, request } from './request';

const sessionName = z.string().trim().max(120);

/** Recording intervals. */
export const sessionRequests = {
  /** All sessions, newest first. */
  'session.list': request('view', none, z.object({ sessions: z.array(sessionSchema) })),
  /** Ends the current session and begins a new one with this name. */
  'session.start': request('operate', z.object({ name: sessionName }), z.object({ session: sessionSchema })),
  /** Ends the current session and begins an unnamed one: recording never stops. The result is the new current one. */
  'session.stop': request('operate', none, z.object({ session: sessionSchema })),
  /** Names a session, the current one or a past one. `not_found`. */
  'session.rename': request(
    'operate',
    z.object({ sessionId: z.string().max(64), name: sessionName }),
    z.object({ session: sessionSchema }),
  ),
  /**
   * What the hub vouches for: every device of a session, its counts and holes. Of a stopped session as it was issued then, with
   * an amendment when something has changed; of the current one: up to now. `not_found`.
   */
  'session.certificate': request(
    'view',
    z.object({ sessionId: z.string().max(64) }),
    z.object({ certificate: certificateSchema }),
  ),
  /** The same as one page to read and print, HTML without script. `not_found`. */
  'session.certificatePage': request(
    'view',
    z.object({ sessionId: z.string().max(64) }),
    z.object({ html: z.string() }),
  ),
  /**
   * Saves a certificate where the operator chooses (needs `native.saveDialog`): as JSON, or as a page to read.
   * `not_found`; `conflict`: no dialog here; `storage_unavailable`: it could not be written.
   */
  'session.saveCertificate': request(
    'operate',
    z.object({ sessionId: z.string().max(64), format: z.enum(['json', 'page']) }),
    z.discriminatedUnion('outcome', [
      z.object({ outcome: z.literal('cancelled') }),
      z.object({ outcome: z.literal('saved'), path: z.string() }),
    ]),
  ),
} as const;
