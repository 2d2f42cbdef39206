import { randomId } from './random-id';

const DEVICE_KEY = 'perch.deviceKey';
const DEVICE_ID = 'perch.deviceId';

/** Who this phone is to the hub. Kept by origin: another address of the hub is another phone to the browser. */
export class Credentials {
  readonly deviceId: string;
  readonly #storage: Storage;
  readonly #joinKey: string | null;
  /** The device key was refused: the join key is tried instead, until a welcome. */
  #fellBack = false;

  constructor(storage: Storage, joinKey: string | null) {
    this.#storage = storage;
    this.#joinKey = joinKey;
    this.deviceId = storage.getItem(DEVICE_ID) ?? randomId();
    storage.setItem(DEVICE_ID, this.deviceId);
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

  keepDeviceKey(key: string): void {
    this.#storage.setItem(DEVICE_KEY, key);
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
    return this.#fellBack ? null : this.#storage.getItem(DEVICE_KEY);
  }
}
