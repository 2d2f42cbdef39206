import type { FastifyRequest } from 'fastify';
import type { Claim } from './ports';

/** What a key says of whose phone this is; `identity` as the door found it. */
export function keyOf(
  identity: FastifyRequest['caller']['identity'],
): Pick<Claim, 'keyDeviceId'> & { readonly isPersonalKey: boolean } {
  if (identity?.kind !== 'device') return { keyDeviceId: null, isPersonalKey: false };
  return { keyDeviceId: identity.deviceId, isPersonalKey: identity.isPersonal === true };
}
