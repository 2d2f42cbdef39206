import { expect, test } from 'vitest';
import { type MergeChoice, mergeChoices } from '../../../src/renderer/control-room/features/operator/merge-choices';
import { BLANK_DEVICE } from '../../helpers/blank-device';

const choice = (deviceId: string, given: Partial<MergeChoice> = {}): MergeChoice => ({
  ...BLANK_DEVICE,
  deviceId,
  name: deviceId,
  identity: 'deviceId',
  isOnline: false,
  ...given,
});

const ANN = choice('ann', { name: 'Ann', userAgent: 'Safari', lastAddress: '10.0.0.7', isOnline: true });

test('most likely first: same name, then browser and address, then who was seen last; not who is there at the same time', () => {
  const all = [
    ANN,
    choice('old', { lastSeenAtMs: 5 }),
    choice('recent', { lastSeenAtMs: 9 }),
    choice('there', { name: 'Bob', userAgent: 'Safari', isOnline: true }),
    choice('place', { name: 'Phone 4', userAgent: 'Safari', lastAddress: '10.0.0.7' }),
    choice('second', { name: 'ann (2)', userAgent: 'Safari', lastAddress: '10.0.0.7' }),
    choice('namesake', { name: 'ANN', isOnline: true }),
  ];
  const ranked = mergeChoices(ANN, all, '');
  expect(ranked.map(({ device }) => device.deviceId)).toEqual([
    'second',
    'place',
    'namesake',
    'recent',
    'old',
    'there',
  ]);
  expect(ranked[0]?.reasons).toEqual(['same name', 'same browser', 'same address']);
  expect(ranked[2]?.reasons).toEqual(['same name', 'connected at the same time']);
  expect(ranked.at(-1)?.reasons).toEqual(['same browser', 'connected at the same time']);
});

test('found by name, address and platform', () => {
  const all = [
    ANN,
    choice('a', { name: 'Berta' }),
    choice('b', { platform: 'iOS' }),
    choice('c', { lastAddress: '10.1' }),
  ];
  const found = (search: string) => mergeChoices(ANN, all, search).map(({ device }) => device.deviceId);
  expect([found(' bert '), found('ios'), found('10.1'), found('nobody')]).toEqual([['a'], ['b'], ['c'], []]);
});
