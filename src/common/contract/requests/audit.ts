import { z } from 'zod';
import { auditEntrySchema } from '../schemas';
import { request } from './request';

/** What was done, and by whom. */
export const auditRequests = {
  /**
   * Newest first; of everybody, or what was done to a person (`deviceId`: any device of theirs). `before`: what is older than this entry, the `next` of the page before. `search`: only entries whose
   * words or address contain it, upper and lower case of A to Z alike. `next` null: there is nothing older.
   */
  'audit.list': request(
    'operate',
    z.object({
      deviceId: z.string().max(64).nullable().default(null),
      search: z.string().trim().max(100).default(''),
      before: z.number().int().positive().nullable().default(null),
      limit: z.number().int().min(1).max(200),
    }),
    z.object({ entries: z.array(auditEntrySchema), next: z.number().nullable() }),
  ),
} as const;
