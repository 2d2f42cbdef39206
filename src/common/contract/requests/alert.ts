import { z } from 'zod';
import { alertSchema, pastAlertSchema } from '../schemas';
import { none, request } from './request';

/** Trouble: seen by somebody, and what became of it. */
export const alertRequests = {
  /**
   * Says that somebody has seen it: `alert.acknowledged` follows, and every control room is quiet about it. Who calls for
   * help is told on the phone. Again: nothing changes. Raised again with another sentence, it is new. `not_found`.
   */
  'alert.acknowledge': request('operate', z.object({ id: z.string().max(200) }), z.object({ alert: alertSchema })),
  /** The last 200 alerts since the hub was started, newest first, those that last among them. */
  'alert.log': request('view', none, z.object({ alerts: z.array(pastAlertSchema) })),
} as const;
