/** What a device says of itself that merges are made of. */
interface Mergeable {
  readonly deviceId: string;
  /** See Device.mergedInto. */
  readonly mergedInto: string | null;
}

const NONE: readonly string[] = [];

/**
 * Which devices are shown as another one. A tree: who was merged into a person stays with them when they are merged
 * themselves, and when that is undone.
 */
export class Merges {
  readonly #into = new Map<string, string>();
  /** By device that others are shown as: all of those. */
  #followers = new Map<string, string[]>();

  constructor(devices: Iterable<Mergeable> = []) {
    for (const { deviceId, mergedInto } of devices) {
      // A damaged log may say it in a circle.
      if (mergedInto !== null && this.shownAs(mergedInto) !== deviceId) this.#into.set(deviceId, mergedInto);
    }
    this.#sort();
  }

  /** The device that it is shown as: itself, when it was not merged. */
  shownAs(deviceId: string): string {
    let shown = deviceId;
    for (let next = this.#into.get(shown); next !== undefined; next = this.#into.get(shown)) shown = next;
    return shown;
  }

  /** Every device that is shown as this one, directly or through another, less itself. Often none. */
  mergedInto(deviceId: string): readonly string[] {
    return this.#followers.get(deviceId) ?? NONE;
  }

  /** Everything that is the same person: who it is shown as, first. */
  groupOf(deviceId: string): readonly string[] {
    const shown = this.shownAs(deviceId);
    return [shown, ...this.mergedInto(shown)];
  }

  /** Shows a device, and who is shown as it, as another; null: as itself. The caller makes no circle. */
  set(deviceId: string, into: string | null): void {
    if (into === null) this.#into.delete(deviceId);
    else this.#into.set(deviceId, into);
    this.#sort();
  }

  #sort(): void {
    this.#followers = new Map();
    for (const deviceId of this.#into.keys()) {
      const shown = this.shownAs(deviceId);
      this.#followers.set(shown, [...(this.#followers.get(shown) ?? []), deviceId]);
    }
  }
}
