import type { LiveDevice, TrailPoint } from '../../../common/model/live-device';

/** Points kept of one device: an hour and a half at one a second after thinning, and a fair load for a canvas. */
export const TRAIL_LIMIT = 2_000;
/** How many go at once when the limit is passed: one in each point would move the whole array every time. */
const TRAIL_SLACK = 100;

/**
 * Where everybody has been in the current session. Not a zustand store: it changes 5,000 times a second at full load
 * and only the map reads it, a few times a second.
 */
export interface Trails {
  /** Oldest first; never more than {@link TRAIL_LIMIT}. The array is reused: read it at once. */
  points(deviceId: string): readonly TrailPoint[];
  /**
   * Adds a device's position when it is newer than the last point. Standing still adds nothing. Merged with another, or
   * taken apart, it has another way: what is known is forgotten, and to be asked for.
   */
  append(device: LiveDevice): void;
  /** Puts the stored track in front of what has been seen live since. */
  load(deviceId: string, track: readonly TrailPoint[]): void;
  /** True the first time it is asked of a device since everything was forgotten: its stored track is still to be asked for. */
  claimLoad(deviceId: string): boolean;
  /** Forgets everything: another session began, or another link. */
  clear(): void;
  /** The ids whose trail changed since the last call. */
  takeChanged(): ReadonlySet<string>;
}

export function createTrails(): Trails {
  const trails = new Map<string, TrailPoint[]>();
  let changed = new Set<string>();
  let claimed = new Set<string>();
  const groups = new Map<string, string>();
  return {
    points: (deviceId) => trails.get(deviceId) ?? [],
    append: ({ deviceId, merged, position }) => {
      const group = merged.join();
      if (group !== (groups.get(deviceId) ?? '')) {
        groups.set(deviceId, group);
        trails.delete(deviceId);
        claimed.delete(deviceId);
        changed.add(deviceId);
      }
      if (!position) return;
      const { latitude, longitude } = position.value;
      const trail = trails.get(deviceId) ?? [];
      const last = trail.at(-1);
      if (last && (position.atMs <= last.atMs || (last.latitude === latitude && last.longitude === longitude))) return;
      trail.push({ latitude, longitude, atMs: position.atMs });
      if (trail.length > TRAIL_LIMIT) trail.splice(0, TRAIL_SLACK);
      trails.set(deviceId, trail);
      changed.add(deviceId);
    },
    load: (deviceId, track) => {
      const end = track.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY;
      const newer = (trails.get(deviceId) ?? []).filter((point) => point.atMs > end);
      trails.set(deviceId, [...track, ...newer].slice(-TRAIL_LIMIT));
      changed.add(deviceId);
    },
    claimLoad: (deviceId) => {
      if (claimed.has(deviceId)) return false;
      claimed.add(deviceId);
      return true;
    },
    clear: () => {
      claimed = new Set();
      for (const deviceId of trails.keys()) changed.add(deviceId);
      trails.clear();
      groups.clear();
    },
    takeChanged: () => {
      const taken = changed;
      changed = new Set();
      return taken;
    },
  };
}

/** The trails of this page. */
export const trails: Trails = createTrails();
