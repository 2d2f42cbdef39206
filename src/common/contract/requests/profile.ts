import { z } from 'zod';
import { PHONE_SENSORS, type PhoneConfig } from '../../wire/ingest';
import { none, request } from './request';

/** What phones are to send and how often; see {@link PhoneConfig} for units and meaning. */
export type PhoneProfile = Omit<PhoneConfig, 'type'>;

/** Schema of {@link PhoneProfile}. */
export const profileSchema = z.object({
  intervalMs: z.number().int().min(100).max(60_000),
  sensors: z
    .array(z.enum(PHONE_SENSORS))
    .max(PHONE_SENSORS.length)
    .refine((sensors) => new Set(sensors).size === sensors.length, 'each sensor once')
    .readonly(),
  media: z.object({
    photoSidePx: z.number().int().min(320).max(8192),
    audioSeconds: z.number().int().min(5).max(300),
  }),
}) satisfies z.ZodType<PhoneProfile>;

/** How phones send: one profile for all of them. */
export const profileRequests = {
  /** The profile in force. */
  'profile.get': request('view', none, z.object({ profile: profileSchema })),
  /**
   * Puts another profile in force: kept over restarts, told at once to each phone whose page is connected (`told` of them),
   * to the others when they come. Phones of other apps never hear of it.
   */
  'profile.set': request(
    'operate',
    z.object({ profile: profileSchema }),
    z.object({ profile: profileSchema, told: z.number() }),
  ),
} as const;
