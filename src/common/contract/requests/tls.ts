import { pairingSchema } from '../schemas';
import { none, request } from './request';

/** The hub's own certificate authority. */
export const tlsRequests = {
  /**
   * Makes a new one in place of the one there is, and serves a certificate of it to every connection from here on; open
   * ones go on. Every phone has to trust the new one before it comes over TLS again. `pairing.changed` tells its
   * fingerprint. `conflict`: the hub has no TLS, or shows a certificate of the operator's own; `storage_unavailable`: it
   * could not be kept.
   */
  'tls.newAuthority': request('operate', none, pairingSchema),
} as const;
