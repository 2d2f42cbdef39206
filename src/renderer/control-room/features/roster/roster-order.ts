import type { LiveDevice } from '../../../../common/model/live-device';

export type RosterSortKey = 'name' | 'rate' | 'frames' | 'battery' | 'lastSeen';

export interface RosterSort {
  readonly key: RosterSortKey;
  readonly direction: 'rising' | 'falling';
}

// "Phone 2" before "Phone 10"; å next to a.
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/**
 * The ids of those whose name, address or platform contains every word of `search` (upper and lower case alike), in
 * the order asked for. Who has no value goes last, whichever way round; equals go by name, then id, so that rows
 * don't jump.
 */
export function orderRoster(devices: Iterable<LiveDevice>, search: string, sort: RosterSort): readonly string[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const sign = sort.direction === 'rising' ? 1 : -1;
  return [...devices]
    .filter((device) => matches(device, words))
    .sort((a, b) => compare(a, b, sort.key, sign) || byName(a, b))
    .map((device) => device.deviceId);
}

function matches(device: LiveDevice, words: readonly string[]): boolean {
  const text = `${device.name} ${device.platform ?? ''}`.toLocaleLowerCase();
  const address = device.address ?? '';
  // "phone 4" is not to find everybody with a 4 in the address: only what looks like a part of one is looked for there.
  return words.every((word) => text.includes(word) || (/[.:]/.test(word) && address.includes(word)));
}

function compare(a: LiveDevice, b: LiveDevice, key: RosterSortKey, sign: number): number {
  if (key === 'name') return sign * collator.compare(a.name, b.name);
  const [left, right] = [sortValue(a, key), sortValue(b, key)];
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return sign * (left - right);
}

function sortValue(device: LiveDevice, key: Exclude<RosterSortKey, 'name'>): number | null {
  switch (key) {
    case 'rate':
      return device.rateHz;
    case 'frames':
      return device.frames;
    case 'battery':
      return device.batteryPct;
    case 'lastSeen':
      return device.lastReceivedAtMs;
  }
}

function byName(a: LiveDevice, b: LiveDevice): number {
  return collator.compare(a.name, b.name) || (a.deviceId < b.deviceId ? -1 : 1);
}
