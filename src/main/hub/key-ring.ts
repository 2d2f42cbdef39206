import { createHash } from 'node:crypto';
import type { KeyIdentity, KeyRing } from '../lan';
import type { OperatorKeys } from './key-file';

/** How a key is kept and looked up. A key has 128 random bits or more, so no salt and no stretching is needed. */
export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/**
 * All keys by their hash. Looking up a hash takes a time that tells nothing of the keys: to come near a kept hash one
 * would have to know its key.
 */
export class HubKeyRing implements KeyRing {
  readonly #identities = new Map<string, KeyIdentity>();
  /** Oldest first. */
  readonly #hashesByDevice = new Map<string, string[]>();

  constructor(keys: OperatorKeys, deviceKeys: ReadonlyArray<{ readonly hash: string; readonly deviceId: string }>) {
    this.#identities.set(hashKey(keys.joinKey), { kind: 'join' });
    this.#identities.set(hashKey(keys.viewerKey), { kind: 'viewer' });
    this.#identities.set(hashKey(keys.adminKey), { kind: 'admin' });
    for (const { hash, deviceId } of deviceKeys) this.addDeviceKey(hash, deviceId);
  }

  identify(key: string): KeyIdentity | null {
    return this.#identities.get(hashKey(key)) ?? null;
  }

  addDeviceKey(hash: string, deviceId: string): void {
    this.#identities.set(hash, { kind: 'device', deviceId });
    const hashes = this.#hashesByDevice.get(deviceId);
    if (hashes) hashes.push(hash);
    else this.#hashesByDevice.set(deviceId, [hash]);
  }

  /** Hashes of the keys that open as this device, the newest first, at most `limit`. */
  hashesOf(deviceId: string, limit: number): readonly string[] {
    return (this.#hashesByDevice.get(deviceId) ?? []).slice(-limit).reverse();
  }
}
