import { z } from 'zod';
import { pairingSchema } from '../schemas';
import { none, request } from './request';

/** How phones get in. */
export const pairingRequests = {
  /** The QR code and the addresses behind it. Holds the join key: operator only. */
  'pairing.get': request('operate', none, pairingSchema),
  /**
   * Makes a code of 8 characters that becomes the join key once, within 10 minutes, for whoever types it. The one before
   * is no good any more. `pairing.changed` tells when it is used up, over, or taken back after too many wrong ones.
   */
  'pairing.newCode': request('operate', none, pairingSchema),
  /** Puts another of the laptop's addresses into the QR code. `not_found`: not an address of this laptop. */
  'pairing.selectAddress': request('operate', z.object({ address: z.string().max(64) }), pairingSchema),
} as const;
