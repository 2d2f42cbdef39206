import type { Caller, KeyIdentity, LanOptions, RouteAccess, SocketAccess } from './lan';

/** What the door says: in, no (valid) key, or a key that may not do this. */
export type Verdict = 'pass' | 'unauthorized' | 'forbidden';

const ALLOWED: Record<'read' | 'console' | 'ingest' | 'signaling' | 'admin', readonly KeyIdentity['kind'][]> = {
  read: ['viewer', 'admin'],
  console: ['viewer', 'admin'],
  ingest: ['join', 'device', 'admin'],
  signaling: ['join', 'device', 'viewer', 'admin'],
  admin: ['admin'],
};

/** Whether a valid key opens this. */
export function judgeKey(access: RouteAccess | SocketAccess, caller: Caller, identity: KeyIdentity): Verdict {
  if (access === 'public') return 'pass';
  if (!ALLOWED[access].includes(identity.kind)) return 'forbidden';
  // On the plain listener anyone on the WiFi can read along, and this key opens everything.
  if (identity.kind === 'admin' && !caller.isTls && !caller.isLoopback) return 'forbidden';
  return 'pass';
}

/**
 * Whether this is open to a caller without a key.
 * @param isOpenHere the endpoint lets anyone on this machine read under `--access open`
 * @param isForeignPage a web page of another site asks: its user on this machine did not
 */
export function judgeKeyless(
  access: RouteAccess | SocketAccess,
  caller: Caller,
  mode: LanOptions['access'],
  isOpenHere: boolean,
  isForeignPage: boolean,
): Verdict {
  if (access === 'public') return 'pass';
  if (mode === 'paired') return 'unauthorized';
  if (access === 'ingest' || access === 'signaling') return 'pass';
  return access === 'read' && isOpenHere && caller.isLoopback && !isForeignPage ? 'pass' : 'unauthorized';
}
