import { z } from 'zod';
import type { MjpegSource } from '../../model/mjpeg-source';
import { none, request } from './request';

/** Schema of {@link MjpegSource}. */
export const mjpegSourceSchema = z.object({
  sourceId: z.string(),
  deviceId: z.string().nullable(),
  address: z.string(),
  state: z.enum(['connecting', 'live', 'stalled', 'pin_needed', 'pin_wrong', 'blocked', 'unreachable']),
  reason: z.string().nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  fps: z.number(),
  bytesPerS: z.number(),
  lastFrameAtMs: z.number().nullable(),
}) satisfies z.ZodType<MjpegSource>;

const sources = z.object({ sources: z.array(mjpegSourceSchema) });
const sourceId = z.string().max(64);

/** Screens that apps on phones serve as motion JPEG, pulled by the hub. */
export const mjpegRequests = {
  /** All there are. */
  'mjpeg.list': request('view', none, sources),
  /**
   * Looks for ScreenStream on each connected phone (port 8080) and adds those that answer. Takes up to 2 s, more with many
   * phones. The hub does so by itself while a control room is open, each 30 s and when a phone comes, but for screens that
   * were removed.
   */
  'mjpeg.find': request('operate', none, sources),
  /**
   * Pulls from a phone (its own address, port 8080, when `address` is null) or from an address of the local network that
   * the operator typed. Replaces a source of the same phone or address: so a PIN is given afterwards. It is kept over a restart, and one at a phone's own address follows the phone. Says how it goes by
   * `mjpeg.changed`. `not_found`: no such device, or its address is not known; `invalid_params`: no address;
   * `conflict`: 64 sources are there.
   */
  'mjpeg.add': request(
    'operate',
    z.object({
      deviceId: z.string().max(64).nullable(),
      address: z.string().trim().min(1).max(300).nullable(),
      pin: z.string().trim().min(1).max(32).nullable(),
    }),
    z.object({ source: mjpegSourceSchema }),
  ),
  /** Stops pulling. `not_found`. */
  'mjpeg.remove': request('operate', z.object({ sourceId }), none),
  /**
   * The newest picture with a greater number than `after` (0: any), when there is one or within 3 s; null when none came.
   * Asked again and again it shows the screen as fast as the reader is, never an old picture. `jpeg`: base64.
   */
  'mjpeg.frame': request(
    'view',
    z.object({ sourceId, after: z.number().int().min(0) }),
    z.object({
      frame: z.object({ number: z.number().int(), jpeg: z.string(), atMs: z.number() }).nullable(),
    }),
  ),
} as const;
