import { describe, expect, it } from 'vitest';
import { orderRoster, type RosterSort } from '../../../src/renderer/control-room/features/roster/roster-order';
import { liveDevice } from './live-device';

const people = [
  liveDevice('1', { name: 'Phone 10', rateHz: 5, frames: 10, batteryPct: 80, lastReceivedAtMs: 300 }),
  liveDevice('2', { name: 'Phone 2', rateHz: 20, frames: 30, batteryPct: null, lastReceivedAtMs: 100 }),
  liveDevice('3', { name: 'åsa', rateHz: 1, frames: 20, batteryPct: 15, address: '192.168.1.44' }),
  liveDevice('4', { name: 'Bo Ek', rateHz: 1, frames: 20, batteryPct: 55, platform: 'iPhone', lastReceivedAtMs: 200 }),
];
const order = (sort: RosterSort, search = ''): string => orderRoster(people, search, sort).join('');

describe('orderRoster', () => {
  it.each<[RosterSort['key'], RosterSort['direction'], string]>([
    ['name', 'rising', '3421'],
    ['name', 'falling', '1243'],
    ['rate', 'falling', '2134'],
    ['frames', 'rising', '1342'],
    ['battery', 'rising', '3412'],
    ['battery', 'falling', '1432'],
    ['lastSeen', 'falling', '1423'],
    ['lastSeen', 'rising', '2413'],
  ])('by %s, %s', (key, direction, ids) => {
    expect(order({ key, direction })).toBe(ids);
  });

  it.each([
    ['PHONE 2', '2'],
    ['ek bo', '4'],
    ['1.44', '3'],
    ['44', ''],
    ['iphone', '4'],
    ['  ', '3421'],
    ['nobody', ''],
  ])('finds "%s"', (search, ids) => {
    expect(order({ key: 'name', direction: 'rising' }, search)).toBe(ids);
  });
});
