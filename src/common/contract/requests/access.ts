import { z } from 'zod';
import { accessSchema } from '../schemas';
import { none, request } from './request';

const device = z.object({ deviceId: z.string().max(64) });

/** Who gets in. `access.changed` follows each change. */
export const accessRequests = {
  /** Whether new devices wait for approval, and those that do. */
  'access.get': request('operate', none, accessSchema),
  /** Kept over restarts. Those that wait already go on waiting. */
  'access.set': request('operate', z.object({ approveFirst: z.boolean() }), accessSchema),
  /** Lets a device in: it is told, and sends from then on. `not_found`; `conflict`: it does not wait. */
  'access.approve': request('operate', device, accessSchema),
  /** Closes its connection with 4003 and refuses it for 10 minutes; it may ask again then. `not_found`; `conflict`. */
  'access.deny': request('operate', device, accessSchema),
} as const;
