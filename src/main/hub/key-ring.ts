import { createHash } from 'node:crypto';
import type { KeyIdentity, KeyRing } from '../lan';
import type { RootKeys } from './key-file';

/** How a key is kept and looked up. A key has 128 random bits or more, so no salt and no stretching is needed. */
export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex');

const KEY_ID_LENGTH = 16;

/** What a key is called in lists, and what sockets are closed by: 64 bits of its hash tell nothing of 130 random ones. */
export const keyIdOf = (key: string): string => idOfHash(hashKey(key));
const idOfHash = (hash: string): string => hash.slice(0, KEY_ID_LENGTH);

/** One key, known by its hash. */
interface KeptKey {
  readonly identity: KeyIdentity;
  readonly expiresAtMs: number | null;
  /** Issued to a phone: when it was used is no news. */
  readonly isIssued: boolean;
}

/**
 * All keys by their hash. Looking up a hash takes a time that tells nothing of the keys: to come near a kept hash one
 * would have to know its key.
 */
export class HubKeyRing implements KeyRing {
  readonly #kept = new Map<string, KeptKey>();
  /** Hashes of the keys issued to phones themselves, by device, oldest first. */
  readonly #issued = new Map<string, Set<string>>();
  /** Hashes of personal keys, by device. */
  readonly #personal = new Map<string, Set<string>>();
  /** When each key that is no device key last opened something, by key id. */
  readonly #lastUsedAtMs = new Map<string, number>();
  readonly #clock: { now(): number };

  constructor(
    { joinKey, viewerKey, adminKey }: RootKeys,
    deviceKeys: ReadonlyArray<{ readonly hash: string; readonly deviceId: string }>,
    clock: { now(): number } = { now: () => Date.now() },
  ) {
    this.#clock = clock;
    this.addShared(joinKey, 'join');
    this.addShared(viewerKey, 'viewer');
    this.addShared(adminKey, 'admin');
    for (const { hash, deviceId } of deviceKeys) this.addDeviceKey(hash, deviceId);
  }

  /** Every call with one key gives the same object. */
  identify(key: string): KeyIdentity | null {
    const kept = this.#kept.get(hashKey(key));
    if (!kept) return null;
    const nowMs = this.#clock.now();
    if (kept.expiresAtMs !== null && nowMs >= kept.expiresAtMs) return null;
    const { identity } = kept;
    if (!kept.isIssued) this.#lastUsedAtMs.set(identity.keyId, nowMs);
    return identity;
  }

  /** A key that any number of people may hold. @param expiresAtMs null: never */
  addShared(key: string, kind: 'join' | 'viewer' | 'admin', expiresAtMs: number | null = null): void {
    const hash = hashKey(key);
    this.#kept.set(hash, { identity: { kind, keyId: idOfHash(hash) }, expiresAtMs, isIssued: false });
  }

  /** A join key bound to one device. */
  addPersonal(key: string, deviceId: string): void {
    const hash = hashKey(key);
    this.#bind(hash, deviceId, false);
    const personal = this.#personal.get(deviceId) ?? new Set();
    this.#personal.set(deviceId, personal.add(hash));
  }

  /** Whether this is a personal key that still opens. */
  isPersonal(key: string): boolean {
    const identity = this.identify(key);
    return identity?.kind === 'device' && identity.isPersonal === true;
  }

  /** A key issued to a phone. */
  addDeviceKey(hash: string, deviceId: string): void {
    this.#bind(hash, deviceId, true);
    const issued = this.#issued.get(deviceId) ?? new Set();
    this.#issued.set(deviceId, issued.add(hash));
  }

  /** From now on it opens nothing. */
  remove(key: string): void {
    const hash = hashKey(key);
    const identity = this.#kept.get(hash)?.identity;
    if (identity?.kind === 'device') this.#personal.get(identity.deviceId)?.delete(hash);
    this.#kept.delete(hash);
    this.#lastUsedAtMs.delete(idOfHash(hash));
  }

  /** Revokes every key issued to the phones of a device. @returns their ids */
  removeDeviceKeys(deviceId: string): readonly string[] {
    const hashes = [...(this.#issued.get(deviceId) ?? [])];
    for (const hash of hashes) this.#kept.delete(hash);
    this.#issued.delete(deviceId);
    return hashes.map(idOfHash);
  }

  /** Revokes the keys issued to a device but for these. @returns whether there were others */
  keepOnly(deviceId: string, hashes: readonly string[]): boolean {
    const issued = this.#issued.get(deviceId) ?? new Set<string>();
    const gone = [...issued].filter((hash) => !hashes.includes(hash));
    for (const hash of gone) {
      issued.delete(hash);
      this.#kept.delete(hash);
    }
    return gone.length > 0;
  }

  /** Hashes of the keys issued to a device that still open as it, the newest first, at most `limit`. */
  hashesOf(deviceId: string, limit: number): readonly string[] {
    return [...(this.#issued.get(deviceId) ?? [])].slice(-limit).reverse();
  }

  /** Whether a phone of this device has a key of its own: it then needs no join key. */
  hasDeviceKey(deviceId: string): boolean {
    return this.#issued.has(deviceId);
  }

  /** Whether a personal key is bound to this device: nobody is it with a join key. */
  hasPersonalKey(deviceId: string): boolean {
    return (this.#personal.get(deviceId)?.size ?? 0) > 0;
  }

  /** Hub clock, ms; null: not yet. Not kept of keys issued to phones: their devices say when they were last seen. */
  lastUsedAtMs(keyId: string): number | null {
    return this.#lastUsedAtMs.get(keyId) ?? null;
  }

  /** As an earlier run knew it. */
  wasUsed(keyId: string, atMs: number): void {
    this.#lastUsedAtMs.set(keyId, atMs);
  }

  #bind(hash: string, deviceId: string, isIssued: boolean): void {
    const personal = isIssued ? {} : { isPersonal: true as const };
    const identity: KeyIdentity = { kind: 'device', keyId: idOfHash(hash), deviceId, ...personal };
    this.#kept.set(hash, { identity, expiresAtMs: null, isIssued });
  }
}
