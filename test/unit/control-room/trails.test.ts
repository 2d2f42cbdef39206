import { beforeEach, describe, expect, it } from 'vitest';
import { createTrails, TRAIL_LIMIT, type Trails } from '../../../src/renderer/control-room/stores/trails';
import { liveDevice, placedDevice } from './live-device';

let trails: Trails;
beforeEach(() => {
  trails = createTrails();
});

describe('trails', () => {
  it('grow with each newer place', () => {
    trails.append(placedDevice('a', 1, 1, 1_000));
    trails.append(placedDevice('a', 1, 2, 2_000));
    expect(trails.points('a').map(({ longitude }) => longitude)).toEqual([1, 2]);
    expect([...trails.takeChanged()]).toEqual(['a']);
    expect(trails.takeChanged().size).toBe(0);
  });

  it('do not grow with an older place, the same place, or none', () => {
    trails.append(placedDevice('a', 1, 1, 1_000));
    trails.append(placedDevice('a', 1, 2, 1_000));
    trails.append(placedDevice('a', 1, 3, 500));
    trails.append(placedDevice('a', 1, 1, 5_000));
    trails.append(liveDevice('a'));
    expect(trails.points('a')).toHaveLength(1);
  });

  it('never hold more than their limit, and lose the oldest first', () => {
    for (let index = 0; index < 3 * TRAIL_LIMIT; index += 1) {
      trails.append(placedDevice('a', 0, index / 1e4, index));
      expect(trails.points('a').length).toBeLessThanOrEqual(TRAIL_LIMIT);
    }
    expect(trails.points('a').at(-1)?.atMs).toBe(3 * TRAIL_LIMIT - 1);
  });

  it('put a stored track in front of what came live meanwhile, each point once', () => {
    trails.append(placedDevice('a', 0, 3, 3_000));
    trails.append(placedDevice('a', 0, 4, 4_000));
    trails.load('a', [
      { latitude: 0, longitude: 1, atMs: 1_000 },
      { latitude: 0, longitude: 3, atMs: 3_000 },
    ]);
    expect(trails.points('a').map(({ atMs }) => atMs)).toEqual([1_000, 3_000, 4_000]);
  });

  it('keep the newest of a stored track that is too long', () => {
    const track = Array.from({ length: TRAIL_LIMIT + 5 }, (_, atMs) => ({ latitude: 0, longitude: atMs / 1e4, atMs }));
    trails.load('a', track);
    expect(trails.points('a')).toHaveLength(TRAIL_LIMIT);
    expect(trails.points('a')[0]?.atMs).toBe(5);
  });

  it('ask for a stored track once, and again after everything was forgotten', () => {
    expect([trails.claimLoad('a'), trails.claimLoad('a')]).toEqual([true, false]);
    trails.append(placedDevice('a', 1, 1, 1_000));
    trails.takeChanged();
    trails.clear();
    expect(trails.points('a')).toEqual([]);
    expect([...trails.takeChanged()]).toEqual(['a']);
    expect(trails.claimLoad('a')).toBe(true);
  });

  it('of a person who was merged or taken apart is another way: forgotten, and asked for anew', () => {
    const at = (latitude: number, merged: readonly string[]) =>
      trails.append({ ...placedDevice('a', latitude, 1, latitude * 1_000), merged });
    at(1, []);
    expect(trails.claimLoad('a')).toBe(true);
    at(2, ['b']);
    expect(trails.points('a').map(({ latitude }) => latitude)).toEqual([2]);
    expect(trails.claimLoad('a')).toBe(true);
    at(3, ['b']);
    expect(trails.claimLoad('a')).toBe(false);
    at(4, []);
    expect(trails.claimLoad('a')).toBe(true);
  });
});
