import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { randomId } from './random-id';

const TIMEOUT_MS = 3_000;

/** Whom this phone knows: the hub's id, the hub's id of this phone, and its key; null while it has none of its own. */
export interface Acquaintance {
  readonly hubId: string;
  readonly deviceId: string;
  readonly deviceKey: string | null;
}

/** docs/wire-protocol.md, section 2. Hashes of our own: a plain page has no crypto.subtle. */
function toProof(hubId: string, host: string, nonce: string, deviceKey: string): string {
  const message = `perch-proof|${hubId}|${host}|${nonce}`;
  return bytesToHex(hmac(sha256, sha256(utf8ToBytes(deviceKey)), utf8ToBytes(message)));
}

/**
 * Whether what answers there knows the hash of this phone's key. Without a key there is nothing to know: then TLS must have
 * proved the address, and the id must be the hub's. False also when nothing answers.
 */
export async function isHubProved(origin: string, { hubId, deviceId, deviceKey }: Acquaintance): Promise<boolean> {
  if (deviceKey === null && !origin.startsWith('https:')) return false;
  const nonce = randomId();
  try {
    const url = `${origin}/ca.proof?device=${encodeURIComponent(deviceId)}&nonce=${nonce}`;
    const response = await fetch(url, {
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = (await response.json()) as { readonly hubId?: unknown; readonly proofs?: unknown };
    if (!response.ok || answer.hubId !== hubId) return false;
    if (deviceKey === null) return true;
    const proof = toProof(hubId, new URL(origin).host, nonce, deviceKey);
    return Array.isArray(answer.proofs) && answer.proofs.includes(proof);
  } catch {
    return false;
  }
}

/** Whether a hub answers there at all. The answer itself is not for other origins to read; that there is one is enough. */
export async function isHubUp(origin: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(`${origin}/health`, {
      mode: 'no-cors',
      cache: 'no-store',
      credentials: 'omit',
      signal,
    });
    return response.ok || response.type === 'opaque';
  } catch {
    return false;
  }
}
