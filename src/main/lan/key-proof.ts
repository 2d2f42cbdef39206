import { createHmac } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HubError } from '../../common/contract/errors';
import { ProtocolError } from '../../common/wire/protocol-error';
import { allowOrigin } from './cors';
import { createRequestPace } from './request-pace';

/** Answers hold always so many proofs, so that their number tells nothing of the device. */
const PROOFS = 8;
/** A phone asks each address it knows once; one that walks through a whole team's devices is slowed down. */
const ASKS_PER_SECOND = 5;
const ASKS_AT_ONCE = 20;
/** Hex of 16 to 64 bytes. */
const NONCE = /^(?:[0-9a-f]{2}){16,64}$/i;
const MAX_DEVICE_ID_LENGTH = 64;

/** What a proof is made of. */
export interface KeyProofParts {
  readonly hubId: string;
  /** SHA-256 (hex) of the live keys of a device, newest first; empty for one that has none or is not known. */
  keyHashesOf(deviceId: string, limit: number): readonly string[];
  /**
   * For devices that are not there: the answer then looks the same, and is the same when asked again, after a restart too.
   * Hex.
   */
  readonly decoySecret: string;
}

/**
 * Adds `GET /ca.proof` (docs/wire-protocol.md, section 2): a phone that finds the hub at an address it has not used asks
 * whether that really is its hub before it sends its key there. What knows only what crosses the network can't answer;
 * what passes the question on to the real hub is told apart by the address in it, which the Host check keeps honest.
 */
export function registerKeyProof(http: FastifyInstance, parts: KeyProofParts): void {
  const pace = createRequestPace(ASKS_PER_SECOND, ASKS_AT_ONCE);
  http.get('/ca.proof', { config: { access: 'public' } }, (request, reply) => {
    // The page that asks came from the address this hub had before: a foreign origin by now.
    allowOrigin(request, reply);
    const { isLoopback, address } = request.caller;
    if (!isLoopback && !pace.allow(address)) {
      throw new ProtocolError('rate_limited', 'Asked too often; wait a second.');
    }
    const { device, nonce } = parseQuery(request);
    const message = `perch-proof|${parts.hubId}|${request.headers.host ?? ''}|${nonce}`;
    const sign = (key: Buffer): string => createHmac('sha256', key).update(message).digest('hex');
    const hashes = parts.keyHashesOf(device, PROOFS);
    const proofs = Array.from({ length: PROOFS }, (_, index) => {
      const hash = hashes[index];
      const decoyKey = createHmac('sha256', Buffer.from(parts.decoySecret, 'hex'))
        .update(`${index}|${device}`)
        .digest();
      return sign(hash === undefined ? decoyKey : Buffer.from(hash, 'hex'));
    });
    // Sorted: where one stands would tell whether it is a real one.
    return { hubId: parts.hubId, proofs: proofs.sort() };
  });
}

function parseQuery({ query }: FastifyRequest): { readonly device: string; readonly nonce: string } {
  const { device, nonce } = query as Readonly<Record<string, unknown>>;
  if (typeof device !== 'string' || device === '' || device.length > MAX_DEVICE_ID_LENGTH) {
    throw new HubError('invalid_params', 'device is the id the hub gave to this phone in its welcome.');
  }
  if (typeof nonce !== 'string' || !NONCE.test(nonce)) {
    throw new HubError('invalid_params', 'nonce is 16 to 64 random bytes as hex.');
  }
  return { device, nonce };
}
