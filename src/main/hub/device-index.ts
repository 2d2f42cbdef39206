import type { Device } from '../../common/model/device';
import { COLOUR_COUNT } from '../../common/model/live-device';
import type { DeviceEntry } from './device-identity';

/** Entries under one key, with where they stand in the order in which devices came. */
type Shelf = Map<DeviceEntry, number>;

/** Where one device stands in a list of keys; null: nowhere. */
type KeyOf = (device: Device) => string | null;

/** What the keys are made of. */
const KEYED: ReadonlyArray<keyof Device> = ['identity', 'externalId', 'username', 'lastAddress', 'userAgent', 'name'];

const placeOf = (address: string | null, userAgent: string | null): string => `${address}\n${userAgent}`;

/**
 * All devices, and by what a phone may say of itself: each connection and each request of an app asks who it is, and
 * with thousands of devices to walk all of them is much of what it costs. Lists are in the order in which devices came.
 */
export class DeviceIndex {
  readonly #entries = new Map<string, DeviceEntry>();
  readonly #order = new Map<DeviceEntry, number>();
  readonly #byExternalId = new Shelves(({ externalId }) => externalId);
  readonly #byUsername = new Shelves(({ identity, username }) => (identity === 'username' ? username : null));
  readonly #byPlace = new Shelves(({ identity, lastAddress, userAgent }) =>
    identity === 'deviceId' ? null : placeOf(lastAddress, userAgent),
  );
  readonly #byName = new Shelves(({ name }) => name);
  readonly #shelves = [this.#byExternalId, this.#byUsername, this.#byPlace, this.#byName];
  readonly #colours = new Array<number>(COLOUR_COUNT).fill(0);
  #next = 0;

  add(entry: DeviceEntry): void {
    const order = this.#next++;
    this.#entries.set(entry.device.deviceId, entry);
    this.#order.set(entry, order);
    for (const shelves of this.#shelves) shelves.add(entry, entry.device, order);
    this.#colours[entry.colour] = (this.#colours[entry.colour] ?? 0) + 1;
  }

  delete(deviceId: string): void {
    const entry = this.#entries.get(deviceId);
    if (!entry) return;
    this.#entries.delete(deviceId);
    this.#order.delete(entry);
    for (const shelves of this.#shelves) shelves.remove(entry, entry.device);
    this.#colours[entry.colour] = (this.#colours[entry.colour] ?? 0) - 1;
  }

  /** The only way in which what is known of a device changes. */
  change(entry: DeviceEntry, change: Partial<Omit<Device, 'deviceId'>>): void {
    const before = entry.device;
    entry.device = { ...before, ...change };
    const order = this.#order.get(entry);
    // It was forgotten meanwhile; or it is only seen again, which most changes say.
    if (order === undefined || !KEYED.some((field) => field in change)) return;
    for (const shelves of this.#shelves) shelves.move(entry, before, order);
  }

  get(deviceId: string): DeviceEntry | undefined {
    return this.#entries.get(deviceId);
  }

  values(): Iterable<DeviceEntry> {
    return this.#entries.values();
  }

  withExternalId(externalId: string): readonly DeviceEntry[] {
    return this.#byExternalId.at(externalId);
  }

  /** Those that are known by a user name, not those with an id that have one too. */
  withUsername(username: string): readonly DeviceEntry[] {
    return this.#byUsername.at(username);
  }

  /** Those without an id that came from there last. */
  seenFrom(address: string | null, userAgent: string | null): readonly DeviceEntry[] {
    return this.#byPlace.at(placeOf(address, userAgent));
  }

  isNamed(name: string): boolean {
    return this.#byName.has(name);
  }

  /** The colour that the fewest devices have, the first of those: ten people are ten colours. */
  leastUsedColour(): number {
    return this.#colours.indexOf(Math.min(...this.#colours));
  }
}

/** Entries by one key. */
class Shelves {
  readonly #keyOf: KeyOf;
  readonly #shelves = new Map<string, Shelf>();

  constructor(keyOf: KeyOf) {
    this.#keyOf = keyOf;
  }

  add(entry: DeviceEntry, device: Device, order: number): void {
    const key = this.#keyOf(device);
    if (key === null) return;
    const shelf = this.#shelves.get(key) ?? new Map<DeviceEntry, number>();
    this.#shelves.set(key, shelf.set(entry, order));
  }

  remove(entry: DeviceEntry, device: Device): void {
    const key = this.#keyOf(device);
    const shelf = key === null ? undefined : this.#shelves.get(key);
    if (key === null || shelf === undefined) return;
    shelf.delete(entry);
    if (shelf.size === 0) this.#shelves.delete(key);
  }

  /** It is as `entry.device` says now. */
  move(entry: DeviceEntry, before: Device, order: number): void {
    if (this.#keyOf(before) === this.#keyOf(entry.device)) return;
    this.remove(entry, before);
    this.add(entry, entry.device, order);
  }

  has(key: string): boolean {
    return this.#shelves.has(key);
  }

  at(key: string): readonly DeviceEntry[] {
    const shelf = this.#shelves.get(key);
    if (shelf === undefined) return [];
    // One that got this key later may have come earlier.
    return [...shelf].sort(([, a], [, b]) => a - b).map(([entry]) => entry);
  }
}
