import { z } from 'zod';
import { VIEWER_KEY_HOURS } from '../../model/key';
import { keyInfoSchema, wifiNetworkSchema } from '../schemas';
import { none, request } from './request';

const keyId = z.object({ keyId: z.string().max(64) });

/** A name as phones may say one: no control characters, none that turn the direction of writing. */
const personName = z
  .string()
  .trim()
  .normalize('NFC')
  .min(1)
  .max(64)
  .regex(/^[^\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+$/u, 'holds a character that no name has');

/** A key with what a QR code of it holds. Secret: to be shown, not kept. */
const shownKey = z.object({
  info: keyInfoSchema,
  key: z.string(),
  /** Opens the phone page (join, personal) or the control room (viewer, admin) with it, key in the fragment. */
  link: z.string(),
});

/** Keys: made, shown, replaced, taken back. Operator only, all of them. */
export const keyRequests = {
  /**
   * All keys but those issued to phones. `dependents`: who is connected with the join key and has no key of their own, so
   * that they are cut off when it is replaced, by name.
   */
  'key.list': request('operate', none, z.object({ keys: z.array(keyInfoSchema), dependents: z.array(z.string()) })),
  /** A key itself, and the link that holds it. `not_found`; `conflict`: the hub does not listen yet. */
  'key.show': request('operate', keyId, shownKey),
  /**
   * Replaces the join, viewer or admin key by a new one. The old one opens nothing any more, and what is open with it is
   * closed (1008), but for phones that have a key of their own. `storage_unavailable`; `conflict`: see `key.show`.
   */
  'key.rotate': request('operate', z.object({ kind: z.enum(['join', 'viewer', 'admin']) }), shownKey),
  /** Makes a personal key for each name, in order. `conflict`: too many; `storage_unavailable`. */
  'key.makePersonal': request(
    'operate',
    z.object({ names: z.array(personName).min(1).max(200) }),
    z.object({ keys: z.array(shownKey) }),
  ),
  /** Makes a viewer key that lasts so many hours; null: until it is revoked. `conflict`: too many; `storage_unavailable`. */
  'key.makeViewer': request(
    'operate',
    z.object({ name: personName, hours: z.literal([...VIEWER_KEY_HOURS]).nullable() }),
    shownKey,
  ),
  /** Takes back a personal or viewer key. Closes as `key.rotate`. `not_found`; `conflict`: a key that every hub has. */
  'key.revoke': request('operate', keyId, none),
  /** The WiFi of the poster; null: not typed yet. */
  'wifi.get': request('operate', none, z.object({ wifi: wifiNetworkSchema.nullable() })),
  /** Keeps the WiFi of the poster, or forgets it. Kept with the keys; never sent to a phone. `storage_unavailable`. */
  'wifi.set': request('operate', z.object({ wifi: wifiNetworkSchema.nullable() }), none),
} as const;
