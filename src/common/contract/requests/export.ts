import { z } from 'zod';
import { none, request } from './request';

/** Files out of the log. */
export const exportRequests = {
  /**
   * Exports one session. `to: 'dialog'` (needs `native.saveDialog`): the hub asks where, then writes the file.
   * `to: 'download'`: the result names a path on the hub, good once and for a minute, that the browser downloads.
   * Either way `export.progress` events follow. `not_found`: no such session.
   */
  'export.start': request(
    'view',
    z.object({ sessionId: z.string().max(64), format: z.enum(['csv']), to: z.enum(['dialog', 'download']) }),
    z.discriminatedUnion('outcome', [
      z.object({ outcome: z.literal('cancelled') }),
      z.object({ outcome: z.literal('writing'), exportId: z.string(), path: z.string() }),
      z.object({ outcome: z.literal('download'), exportId: z.string(), path: z.string(), fileName: z.string() }),
    ]),
  ),
  /** Stops an export; the partial file is removed. `not_found`: it is over already. */
  'export.cancel': request('view', z.object({ exportId: z.string().max(64) }), none),
} as const;
