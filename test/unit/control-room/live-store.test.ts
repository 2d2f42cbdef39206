import { describe, expect, it } from 'vitest';
import { mergeBatch } from '../../../src/renderer/control-room/stores/live-store';
import { presenceOf } from '../../../src/renderer/control-room/stores/presence';
import { liveDevice } from './live-device';

const before = new Map([liveDevice('a'), liveDevice('b')].map((device) => [device.deviceId, device]));

describe('mergeBatch', () => {
  it('replaces who changed, adds who is new and leaves the others the same object', () => {
    const after = mergeBatch(before, {
      devices: [liveDevice('b', { frames: 7 }), liveDevice('c')],
      removed: [],
    });
    expect([...after.keys()]).toEqual(['a', 'b', 'c']);
    expect(after.get('a')).toBe(before.get('a'));
    expect(after.get('b')?.frames).toBe(7);
    expect(before.get('b')?.frames).toBe(0);
  });

  it('takes out who was removed, even when the same batch changed them', () => {
    const after = mergeBatch(before, { devices: [liveDevice('a', { frames: 1 })], removed: ['a'] });
    expect([...after.keys()]).toEqual(['b']);
  });

  it('gives back the same map when nothing changes', () => {
    expect(mergeBatch(before, { devices: [], removed: [] })).toBe(before);
    expect(mergeBatch(before, { devices: [], removed: ['nobody'] })).toBe(before);
  });
});

describe('presenceOf', () => {
  it.each([
    ['a frame just now', { isOnline: true, lastReceivedAtMs: 20_000 }, 'online'],
    ['ten seconds ago', { isOnline: true, lastReceivedAtMs: 10_000 }, 'online'],
    ['longer ago', { isOnline: true, lastReceivedAtMs: 9_999 }, 'stale'],
    ['connected, no frame yet', { isOnline: true, lastReceivedAtMs: null }, 'stale'],
    ['a frame just now, but gone', { isOnline: false, lastReceivedAtMs: 20_000 }, 'offline'],
  ] as const)('%s', (_case, device, presence) => {
    expect(presenceOf(device, 20_000)).toBe(presence);
  });
});
