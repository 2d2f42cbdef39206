import { bindJoinKey, readJoinKeyHub } from './join-key';
import { KnownHub } from './known-hub';
import { randomId } from './random-id';

/** Before the id of its hub; without one it is of an earlier version, which knew one hub only. */
const DEVICE_KEY = 'perch.deviceKey';
const DEVICE_ID = 'perch.deviceId';
const keyOf = (hubId: string): string => `${DEVICE_KEY}.${hubId}`;

/**
 * Who this phone is to the hub. Kept by origin: another address of the hub is another phone to the browser. At one origin
 * there may be one hub today and another tomorrow, as addresses of hotspots repeat: each has a device key of its own.
 */
export class Credentials {
  readonly deviceId: string;
  readonly #storage: Storage;
  readonly #joinKey: string | null;
  /** The device key was refused: the join key is tried instead, until a welcome. */
  #fellBack = false;
  #hubId: string | null;

  /** `hubId`: the hub that is thought to answer; null: the one that did last. */
  constructor(storage: Storage, joinKey: string | null, hubId: string | null = null) {
    this.#storage = storage;
    this.deviceId = storage.getItem(DEVICE_ID) ?? randomId();
    storage.setItem(DEVICE_ID, this.deviceId);
    const last = new KnownHub(storage).hubId;
    this.#hubId = hubId ?? last;
    const keyHub = readJoinKeyHub(storage);
    this.#joinKey = keyHub === null || this.#hubId === null || keyHub === this.#hubId ? joinKey : null;
    if (last !== null) this.#bringAlong(last);
  }

  /** The one key of an earlier version is of the hub that answered last. */
  #bringAlong(hubId: string): void {
    const key = this.#storage.getItem(DEVICE_KEY);
    if (key === null) return;
    this.#storage.removeItem(DEVICE_KEY);
    if (this.#storage.getItem(keyOf(hubId)) === null) this.#storage.setItem(keyOf(hubId), key);
  }

  /** null also when it is of another hub. */
  get joinKey(): string | null {
    return this.#joinKey;
  }

  get hasKey(): boolean {
    return this.token !== undefined;
  }

  get token(): string | undefined {
    return this.deviceKey ?? this.#joinKey ?? undefined;
  }

  /** True while there is no device key to connect with: the handshake asks for one. */
  get pair(): boolean {
    return this.deviceKey === null;
  }

  /** That hub has welcomed this phone. `deviceKey`: it gave this phone a key of its own. */
  meet(hubId: string, deviceKey?: string): void {
    this.#hubId = hubId;
    bindJoinKey(this.#storage, hubId);
    if (deviceKey === undefined) return;
    this.#storage.setItem(keyOf(hubId), deviceKey);
    this.#fellBack = false;
  }

  /** After a refused device key: true when the join key is left to try. At most once between two welcomes. */
  fallBack(): boolean {
    if (this.#fellBack || this.deviceKey === null || this.#joinKey === null) return false;
    this.#fellBack = true;
    return true;
  }

  /** null before it was let in, and while the hub refuses it. */
  get deviceKey(): string | null {
    return this.#fellBack || this.#hubId === null ? null : this.#storage.getItem(keyOf(this.#hubId));
  }
}
