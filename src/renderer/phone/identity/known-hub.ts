import type { Welcome } from '../../../common/wire/ingest';

const HUB = 'perch.hub';

interface Kept {
  readonly hubId: string;
  /** The hub's own id of this phone. */
  readonly deviceId: string;
  readonly addresses: readonly string[];
}

/** The hub this phone was let in to, as it said of itself. Kept by origin. */
export class KnownHub {
  readonly #storage: Storage;
  #kept: Kept | null;

  constructor(storage: Storage) {
    this.#storage = storage;
    this.#kept = read(storage);
  }

  get hubId(): string | null {
    return this.#kept?.hubId ?? null;
  }

  get deviceId(): string | null {
    return this.#kept?.deviceId ?? null;
  }

  get addresses(): readonly string[] {
    return this.#kept?.addresses ?? [];
  }

  keep({ hubId, deviceId, addresses }: Welcome): void {
    this.#kept = { hubId, deviceId, addresses };
    this.#storage.setItem(HUB, JSON.stringify(this.#kept));
  }
}

function read(storage: Storage): Kept | null {
  try {
    const kept = JSON.parse(storage.getItem(HUB) ?? 'null') as Partial<Kept> | null;
    if (typeof kept?.hubId !== 'string' || typeof kept.deviceId !== 'string') return null;
    const addresses = Array.isArray(kept.addresses) ? kept.addresses : [];
    return {
      hubId: kept.hubId,
      deviceId: kept.deviceId,
      addresses: addresses.filter((one) => typeof one === 'string'),
    };
  } catch {
    return null;
  }
}
