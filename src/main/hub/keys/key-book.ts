import { HubError } from '../../../common/contract/errors';
import type { KeyInfo } from '../../../common/model/key';
import type { WifiNetwork } from '../../../common/model/wifi-network';
import type { KeyVault } from '../../lan';
import { ERASED_NAME } from '../device-identity';
import { newId, newKey } from '../ids';
import { type OperatorKeys, type RootKeys, writeKeyFile } from '../key-file';
import { type HubKeyRing, keyIdOf } from '../key-ring';
import { Signal } from '../signal';

/** The kinds of which every hub has one, always: they can be replaced, not taken away. */
export type SharedKind = 'join' | 'viewer' | 'admin';

interface KeyBookParts {
  readonly path: string;
  /** Seals that file; null: none here. */
  readonly vault: KeyVault | null;
  readonly ring: HubKeyRing;
  readonly clock: { now(): number };
  /** Lets a device be known that no phone is yet. */
  expectDevice(deviceId: string, name: string): Promise<void>;
  onBug(error: unknown): void;
}

/** Keys of one kind: a list that a person can read, and a file that is read at once. */
const MAX_PERSONAL = 1000;
const MAX_VIEWERS = 200;

const HOUR_MS = 3_600_000;
/** How old the uses in the file may get, ms: after a crash a used key would else look unused. */
const FLUSH_MS = 5 * 60_000;

const FIELD = { join: 'joinKey', viewer: 'viewerKey', admin: 'adminKey' } as const satisfies Record<
  SharedKind,
  keyof RootKeys
>;

/** A key that is no good any more. */
interface KeyEnd {
  readonly info: KeyInfo;
  readonly how: 'rotated' | 'revoked' | 'expired';
}

/** The keys that the operator makes, shows and takes back. Durable when a call returns; the ring knows at once. */
export class KeyBook {
  /** The list is another; not told of each use. */
  readonly changed = new Signal<readonly KeyInfo[]>();
  /** A key by its id that was taken back, replaced, or is over: what is open with it has to end. */
  readonly ended = new Signal<KeyEnd>();
  readonly #parts: KeyBookParts;
  #keys: OperatorKeys;
  /** Ids of viewer keys whose end was told. */
  readonly #expired = new Set<string>();
  #flushedAtMs: number;

  constructor(keys: OperatorKeys, parts: KeyBookParts) {
    this.#keys = keys;
    this.#parts = parts;
    const { ring, clock } = parts;
    this.#flushedAtMs = clock.now();
    for (const { key, deviceId, name } of keys.personal) {
      ring.addPersonal(key, deviceId);
      parts.expectDevice(deviceId, name).catch((error: unknown) => parts.onBug(error));
    }
    for (const { key, expiresAtMs } of keys.viewers) {
      ring.addShared(key, 'viewer', expiresAtMs);
      if (expiresAtMs !== null && expiresAtMs <= clock.now()) this.#expired.add(keyIdOf(key));
    }
    const ids = new Set(this.list().map(({ keyId }) => keyId));
    for (const [keyId, atMs] of Object.entries(keys.lastUsedAtMs)) if (ids.has(keyId)) ring.wasUsed(keyId, atMs);
  }

  get roots(): RootKeys {
    return this.#keys;
  }

  /** See {@link OperatorKeys}, hex. */
  get proofSecret(): string {
    return this.#keys.proofSecret;
  }

  get wifi(): WifiNetwork | null {
    return this.#keys.wifi;
  }

  /** Those every hub has first, then personal and viewer keys as they were made. */
  list(): readonly KeyInfo[] {
    const { personal, viewers } = this.#keys;
    return [
      ...(['join', 'viewer', 'admin'] as const).map((kind) => this.#info(this.#keys[FIELD[kind]], kind, {})),
      ...personal.map(({ key, ...rest }) => this.#info(key, 'personal', rest)),
      ...viewers.map(({ key, ...rest }) => this.#info(key, 'viewer', rest)),
    ];
  }

  /** The key itself. @throws HubError not_found */
  show(keyId: string): { readonly key: string; readonly info: KeyInfo } {
    const info = this.list().find((one) => one.keyId === keyId);
    const { personal, viewers, joinKey, viewerKey, adminKey } = this.#keys;
    const all = [joinKey, viewerKey, adminKey, ...[...personal, ...viewers].map(({ key }) => key)];
    const key = all.find((one) => keyIdOf(one) === keyId);
    if (!info || key === undefined) throw new HubError('not_found', 'There is no such key any more.');
    return { key, info };
  }

  /** Replaces a key that every hub has; the old one opens nothing from here on. @throws HubError storage_unavailable */
  rotate(kind: SharedKind): { readonly key: string; readonly info: KeyInfo } {
    const old = this.#keys[FIELD[kind]];
    const info = this.#info(old, kind, {});
    const key = newKey(kind);
    this.#write({ ...this.#keys, [FIELD[kind]]: key });
    this.#parts.ring.remove(old);
    this.#parts.ring.addShared(key, kind);
    this.#told({ info, how: 'rotated' });
    return this.show(keyIdOf(key));
  }

  /** Makes a personal key for each name, in order. @throws HubError conflict: too many; storage_unavailable; StoreError */
  async makePersonal(names: readonly string[]): Promise<readonly KeyInfo[]> {
    if (this.#keys.personal.length + names.length > MAX_PERSONAL) {
      throw new HubError('conflict', `A hub keeps at most ${MAX_PERSONAL} personal keys: revoke some first.`);
    }
    const createdAtMs = this.#parts.clock.now();
    const made = names.map((name) => ({ key: newKey('personal'), deviceId: newId('d'), name, createdAtMs }));
    await Promise.all(made.map(({ deviceId, name }) => this.#parts.expectDevice(deviceId, name)));
    this.#write({ ...this.#keys, personal: [...this.#keys.personal, ...made] });
    for (const { key, deviceId } of made) this.#parts.ring.addPersonal(key, deviceId);
    this.changed.send(this.list());
    return made.map(({ key, ...rest }) => this.#info(key, 'personal', rest));
  }

  /** @param hours null: it never ends. @throws HubError conflict: too many; storage_unavailable */
  makeViewer(name: string, hours: number | null): { readonly key: string; readonly info: KeyInfo } {
    if (this.#keys.viewers.length >= MAX_VIEWERS) {
      throw new HubError('conflict', `A hub keeps at most ${MAX_VIEWERS} viewer keys: revoke some first.`);
    }
    const createdAtMs = this.#parts.clock.now();
    const expiresAtMs = hours === null ? null : createdAtMs + hours * HOUR_MS;
    const key = newKey('viewer');
    this.#write({ ...this.#keys, viewers: [...this.#keys.viewers, { key, name, createdAtMs, expiresAtMs }] });
    this.#parts.ring.addShared(key, 'viewer', expiresAtMs);
    this.changed.send(this.list());
    return this.show(keyIdOf(key));
  }

  /** Takes back a personal or viewer key that was made. @throws HubError not_found; conflict: every hub has it */
  revoke(keyId: string): KeyInfo {
    const { key, info } = this.show(keyId);
    if (info.name === null) throw new HubError('conflict', 'A hub always has this key: replace it by a new one.');
    this.#remove([key]);
    return info;
  }

  /** Whether a personal key is bound to this device. */
  isPersonal(deviceId: string): boolean {
    return this.#keys.personal.some((one) => one.deviceId === deviceId);
  }

  /** Takes back the personal keys of a device. */
  revokeOfDevice(deviceId: string): void {
    this.#remove(this.#keys.personal.filter((one) => one.deviceId === deviceId).map(({ key }) => key));
  }

  /** The keys of a person whose data is erased stay, without the name. @throws HubError storage_unavailable */
  forgetPerson(deviceId: string): void {
    if (!this.isPersonal(deviceId)) return;
    const personal = this.#keys.personal.map((one) =>
      one.deviceId === deviceId ? { ...one, name: ERASED_NAME } : one,
    );
    this.#write({ ...this.#keys, personal });
    this.changed.send(this.list());
  }

  /** To be called every second or so: ends what is open with keys whose time is over, and writes down now and then. */
  tick(): void {
    const nowMs = this.#parts.clock.now();
    if (nowMs - this.#flushedAtMs >= FLUSH_MS) this.flush();
    for (const { key, ...rest } of this.#keys.viewers) {
      const info = this.#info(key, 'viewer', rest);
      if (rest.expiresAtMs === null || rest.expiresAtMs > nowMs || this.#expired.has(info.keyId)) continue;
      this.#expired.add(info.keyId);
      this.#told({ info, how: 'expired' });
    }
  }

  setWifi(wifi: WifiNetwork | null): void {
    this.#write({ ...this.#keys, wifi });
  }

  /** Keeps when keys were last used; a file that can't be written is no reason to stop. */
  flush(): void {
    this.#flushedAtMs = this.#parts.clock.now();
    if (JSON.stringify(this.#uses()) === JSON.stringify(this.#keys.lastUsedAtMs)) return;
    try {
      this.#write(this.#keys);
    } catch (error) {
      this.#parts.onBug(error);
    }
  }

  #remove(keys: readonly string[]): void {
    if (keys.length === 0) return;
    const isKept = ({ key }: { readonly key: string }): boolean => !keys.includes(key);
    const { personal, viewers } = this.#keys;
    const gone = keys.map((key) => this.show(keyIdOf(key)).info);
    this.#write({ ...this.#keys, personal: personal.filter(isKept), viewers: viewers.filter(isKept) });
    for (const key of keys) this.#parts.ring.remove(key);
    for (const info of gone) this.#told({ info, how: 'revoked' });
  }

  #told(ended: KeyEnd): void {
    this.ended.send(ended);
    this.changed.send(this.list());
  }

  /** @throws HubError storage_unavailable: then nothing has changed */
  #write(keys: OperatorKeys): void {
    const kept = { ...keys, lastUsedAtMs: this.#uses() };
    try {
      writeKeyFile(this.#parts.path, kept, this.#parts.vault);
    } catch (error) {
      this.#parts.onBug(error);
      throw new HubError('storage_unavailable', 'The keys file could not be written, so nothing was changed.');
    }
    this.#keys = kept;
  }

  #uses(): Record<string, number> {
    return Object.fromEntries(
      this.list().flatMap(({ keyId, lastUsedAtMs }) => (lastUsedAtMs === null ? [] : [[keyId, lastUsedAtMs]])),
    );
  }

  #info(key: string, kind: KeyInfo['kind'], rest: Partial<KeyInfo>): KeyInfo {
    const keyId = keyIdOf(key);
    const unknown = { name: null, deviceId: null, createdAtMs: null, expiresAtMs: null };
    return { ...unknown, ...rest, keyId, kind, lastUsedAtMs: this.#parts.ring.lastUsedAtMs(keyId) };
  }
}
