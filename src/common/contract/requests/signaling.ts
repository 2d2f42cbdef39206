import { z } from 'zod';
import type { Peer } from '../../wire/signaling';
import { none, request } from './request';

const peerSchema = z.object({
  peerId: z.string(),
  role: z.enum(['sharer', 'viewer']).nullable(),
  name: z.string().nullable(),
  kind: z.enum(['screen', 'camera']).nullable(),
  source: z.enum(['webrtc', 'whip']),
  operator: z.boolean(),
  admin: z.boolean(),
  deviceId: z.string().nullable(),
  fromAddress: z.string().nullable(),
  toAddress: z.string().nullable(),
}) satisfies z.ZodType<Peer>;

/** A message of `/signaling`: an object of any content, passed on as it is. */
export const signalSchema = z.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'must be an object',
);

/** This connection as a peer of `/signaling` (docs/wire-protocol.md, section 6), with no socket of its own. */
export const signalingRequests = {
  /**
   * Makes this connection a peer: an operator and a viewer, as if it had said `hello`. From then on `signaling.message`
   * brings it what a socket there would get: first offers that went to all before it came (`from` their peers), then
   * `peer-joined`, `peer-left`, offers, answers, candidates and errors. `answered {peerId}`, without `from`, says that the
   * offer this peer made to all has its answer: it comes after a replayed one too. `peers`: all others now, plain clients (role
   * null) too; `admin` tells the operator's rooms from a viewer's, which let those answer first. Joining again leaves and joins anew. Ends with the connection.
   * `offLan`: addresses of this laptop, IPv4 and IPv6, that phones on its WiFi seldom reach (VPN, containers, virtual machines), empty
   * when it has no other: a control room on this laptop does not offer them.
   */
  'signaling.join': request(
    'view',
    none,
    z.object({ peerId: z.string(), peers: z.array(peerSchema), offLan: z.array(z.string()) }),
  ),
  /**
   * Sends one message as this peer: with `to` to one, else to all others. Bad ones are answered by a `signaling.message`
   * of type `error`. `conflict`: it has not joined, or was too slow and has to join again.
   */
  'signaling.send': request('view', z.object({ message: signalSchema }), none),
  /** Is no peer any more; the others are told. No harm when it was none. */
  'signaling.leave': request('view', none, none),
} as const;
