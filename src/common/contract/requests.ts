import { z } from 'zod';
import { PHONE_REQUESTS } from '../wire/ingest';
import {
  alertSchema,
  certificateSchema,
  custodySchema,
  deviceSchema,
  liveDeviceSchema,
  pairingSchema,
  sessionSchema,
  trailPointSchema,
} from './schemas';

const none = z.object({});
const sessionName = z.string().trim().max(120);

/**
 * Who may ask: `view` needs a viewer or admin key, `operate` an admin key. Over Electron IPC the window is the
 * operator.
 */
export type RequestAccess = 'view' | 'operate';

const request = <P extends z.ZodType, R extends z.ZodType>(access: RequestAccess, params: P, result: R) => ({
  access,
  params,
  result,
});

/** Every request of the control room: one block each. Effects are durable when the result arrives. */
export const REQUESTS = {
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
  /** The QR code and the addresses behind it. Holds the join key: operator only. */
  'pairing.get': request('operate', none, pairingSchema),
  /** Puts another of the laptop's addresses into the QR code. `not_found`: not an address of this laptop. */
  'pairing.selectAddress': request('operate', z.object({ address: z.string().max(64) }), pairingSchema),
  /** One device with its history. `not_found`. */
  'device.get': request(
    'view',
    z.object({ deviceId: z.string().max(64) }),
    z.object({ device: deviceSchema, framesTotal: z.number() }),
  ),
  /** Renames a device everywhere, past sessions included. `not_found`. */
  'device.rename': request(
    'operate',
    z.object({ deviceId: z.string().max(64), name: z.string().trim().min(1).max(64) }),
    z.object({ device: deviceSchema }),
  ),
  /**
   * What came of the frames of a device in a session, by default the current one; all counts 0 when it sent nothing
   * there. `not_found`: no such device or session.
   */
  'device.custody': request(
    'view',
    z.object({ deviceId: z.string().max(64), sessionId: z.string().max(64).optional() }),
    z.object({ sessionId: z.string(), custody: custodySchema }),
  ),
  /**
   * Removes a phone: it is told the reason and closed with 4003, and refused for 10 minutes. What it sent stays.
   * `not_found`.
   */
  'device.kick': request(
    'operate',
    z.object({ deviceId: z.string().max(64), reason: z.string().trim().max(200) }),
    none,
  ),
  /**
   * Asks the person for something, now. The answer comes as a frame, or as `message.received` with `to` = this id.
   * `not_found`; `conflict`: its page is not connected, or its app takes no requests.
   */
  'device.request': request(
    'operate',
    z.object({ deviceId: z.string().max(64), what: z.enum(PHONE_REQUESTS) }),
    z.object({ id: z.string() }),
  ),
  /**
   * Writes to one phone, or with null to all that are connected. Phones that are away, or come back before they said
   * `read`, get it then (until the hub is restarted; the newest 20). Phones of apps that take no messages never do.
   * `delivered` and `waiting`: phones that were there to get it, and others. `not_found`.
   */
  'message.send': request(
    'operate',
    z.object({ deviceId: z.string().max(64).nullable(), text: z.string().trim().min(1).max(2000) }),
    z.object({ id: z.string(), delivered: z.number(), waiting: z.number() }),
  ),
  /** The newest `limit` positions of a device in the current session, oldest first, thinned by time when there are more. */
  'track.get': request(
    'view',
    z.object({ deviceId: z.string().max(64), limit: z.number().int().min(1).max(5000) }),
    z.object({ points: z.array(trailPointSchema) }),
  ),
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
   * What the hub vouches for: every device of a session, its counts and holes. Of the current session: up to now.
   * `not_found`.
   */
  'session.certificate': request(
    'view',
    z.object({ sessionId: z.string().max(64) }),
    z.object({ certificate: certificateSchema }),
  ),
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

/** The name of a request. */
export type RequestName = keyof typeof REQUESTS;
/** What a caller may pass. */
export type RequestInput<N extends RequestName> = z.input<(typeof REQUESTS)[N]['params']>;
/** What a handler receives: checked, trimmed. */
export type RequestParams<N extends RequestName> = z.output<(typeof REQUESTS)[N]['params']>;
/** What a request answers. */
export type RequestResult<N extends RequestName> = z.output<(typeof REQUESTS)[N]['result']>;
