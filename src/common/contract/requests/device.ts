import { z } from 'zod';
import { COLOUR_COUNT } from '../../model/live-device';
import { PHONE_REQUESTS } from '../../wire/ingest';
import { custodySchema, deviceSchema, trailPointSchema } from '../schemas';
import { none, request } from './request';

/** One phone or person. */
export const deviceRequests = {
  /**
   * One person's device with its history. Here and in every request that takes a `deviceId`, a device that was merged
   * stands for the one that it was merged into, and that one for all merged into it. `framesTotal`: of all of them.
   * `not_found`.
   */
  'device.get': request(
    'view',
    z.object({ deviceId: z.string().max(64) }),
    z.object({ device: deviceSchema, merged: z.array(deviceSchema), framesTotal: z.number() }),
  ),
  /** Everybody this hub knows who is connected or has sent something, of whatever session; one of each person, by name. */
  'device.list': request(
    'view',
    z.object({}),
    z.object({ devices: z.array(deviceSchema.extend({ isOnline: z.boolean() })) }),
  ),
  /**
   * Makes two devices one person: from now on `deviceId`, with all merged into it before, is shown and exported as `into`,
   * past sessions included. The log stays as it is. `not_found`; `conflict`: they are one person already, `deviceId` is
   * merged into somebody else, or one of them waits to be let in.
   */
  'device.merge': request(
    'operate',
    z.object({ deviceId: z.string().max(64), into: z.string().max(64) }),
    z.object({ device: deviceSchema }),
  ),
  /** Takes it apart again: both are as they were, with what each has sent meanwhile. `not_found`; `conflict`: it is not merged. */
  'device.unmerge': request('operate', z.object({ deviceId: z.string().max(64) }), z.object({ device: deviceSchema })),
  /** Renames a device everywhere, past sessions included. `not_found`. */
  'device.rename': request(
    'operate',
    z.object({ deviceId: z.string().max(64), name: z.string().trim().min(1).max(64) }),
    z.object({ device: deviceSchema }),
  ),
  /** Chooses a person's colour; null: the phone's own choice, else one that few have. `not_found`. */
  'device.setColour': request(
    'operate',
    z.object({
      deviceId: z.string().max(64),
      colour: z
        .number()
        .int()
        .min(0)
        .max(COLOUR_COUNT - 1)
        .nullable(),
    }),
    z.object({ device: deviceSchema }),
  ),
  /** Writes a note about a person; it stays on this hub. `not_found`. */
  'device.setNote': request(
    'operate',
    z.object({ deviceId: z.string().max(64), note: z.string().trim().max(2000) }),
    z.object({ device: deviceSchema }),
  ),
  /**
   * Takes back every key of a device: its connections are closed with 4003, its keys answered 401. What it sent stays.
   * A join key makes a new device of that phone, until `device.readmit`. `not_found`.
   */
  'device.revoke': request('operate', z.object({ deviceId: z.string().max(64) }), z.object({ device: deviceSchema })),
  /**
   * Erases a person: frames, media that nobody else's frames show, recordings of what they shared, words, name, note and
   * address, over all sessions. Their
   * phone is closed with 4003 and kept out for 10 minutes; it sends nothing of it again. The certificates then say how many
   * frames were erased on request. `name`: as it is shown, to be sure. `not_found`; `conflict`: another name.
   */
  'device.erase': request(
    'operate',
    z.object({ deviceId: z.string().max(64), name: z.string().max(200) }),
    z.object({ frames: z.number(), mediaFiles: z.number(), recordings: z.number() }),
  ),
  /** Lets a revoked device pair anew as the same device, with a join key. `not_found`; `conflict`: it is not revoked. */
  'device.readmit': request('operate', z.object({ deviceId: z.string().max(64) }), z.object({ device: deviceSchema })),
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
   * `read`, get it then, also after a restart of the hub (the newest 20). Phones of apps that take no messages never do.
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
} as const;
