import { z } from 'zod';
import type { Drill } from '../../model/drill';
import { none, request } from './request';

const number = z.number();

/** Schema of {@link Drill}. */
export const drillSchema = z.object({
  drillId: z.string(),
  mode: z.enum(['phones', 'capacity']),
  state: z.enum(['starting', 'running', 'stopping', 'done', 'stopped', 'failed']),
  startedAtMs: number,
  phones: number,
  rateHz: number,
  seconds: number,
  elapsedS: number,
  connected: number,
  captured: number,
  sent: number,
  acked: number,
  lost: number,
  p50Ms: number.nullable(),
  p99Ms: number.nullable(),
  steps: z.array(z.object({ phones: number, held: z.boolean(), p99Ms: number.nullable() })).readonly(),
  sentence: z.string().nullable(),
}) satisfies z.ZodType<Drill>;

const rateHz = z.number().min(0.1).max(20);

/** Simulated phones, against a throw-away hub: nothing of it enters the log. The events `drill.progress` follow. */
export const drillRequests = {
  /** The drill that runs, else the last one since the hub was started; null before the first. */
  'drill.get': request('operate', none, z.object({ drill: drillSchema.nullable() })),
  /**
   * Starts a drill. `phones`: so many phones (`rateHz` frames a second each, for `seconds`; `photos` each; `loss`: share of
   * messages at which the connection breaks; `reconnectEveryS`: null = never). `capacity`: 10, 20, 50 and so on, until
   * acks take longer than a second. `conflict`: one runs, or this hub was started in a way that it can't open another.
   */
  'drill.start': request(
    'operate',
    z.discriminatedUnion('mode', [
      z.object({
        mode: z.literal('phones'),
        phones: z.number().int().min(1).max(5000),
        rateHz,
        seconds: z.number().min(1).max(3600),
        photos: z.number().int().min(0).max(100),
        loss: z.number().min(0).max(0.9),
        reconnectEveryS: z.number().min(1).max(3600).nullable(),
      }),
      z.object({ mode: z.literal('capacity'), rateHz }),
    ]),
    z.object({ drill: drillSchema }),
  ),
  /** Ends the drill early; what was captured is still waited for. `conflict`: none runs. */
  'drill.stop': request('operate', none, z.object({ drill: drillSchema })),
} as const;
