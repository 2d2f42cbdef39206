import { z } from 'zod';
import { alertSchema, liveDeviceSchema, sessionSchema } from '../schemas';
import { none, request } from './request';

/** The connection itself, and what is live. */
export const hubRequests = {
  /**
   * First request on a connection: who answers, and what it can do here.
   * `capabilities`: abilities of this host, such as `native.saveDialog` (the hub asks where to save by itself).
   */
  'hub.hello': request(
    'view',
    z.object({ contractVersion: z.number().int() }),
    z.object({
      contractVersion: z.number().int(),
      hubId: z.string(),
      version: z.string(),
      role: z.enum(['viewer', 'operator']),
      capabilities: z.array(z.enum(['native.saveDialog'])),
      /** Hub clock, ms since the epoch: the control room shows ages against it, not against its own clock. */
      nowMs: z.number(),
      startedAtMs: z.number(),
      /** Where everything is kept on the laptop. */
      dataFolder: z.string(),
    }),
  ),
  /**
   * Starts the events of section events.ts on this connection and gives the state they build on. Devices: all that
   * are live or have a frame in the current session, by name.
   */
  'live.subscribe': request(
    'view',
    none,
    z.object({
      session: sessionSchema,
      devices: z.array(liveDeviceSchema),
      alerts: z.array(alertSchema),
    }),
  ),
} as const;
