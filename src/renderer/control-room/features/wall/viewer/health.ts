import type { SharePath } from '../../../../../common/model/share';
import type { ShareHealth } from '../../../stores/share-store';

/** Even a screen on which nothing moves is sent once a second: four without a picture are a stall. */
const FROZEN_AFTER_MS = 4_000;
/** No picture for so long: ask for snapshots, so that the first is there within 8 s. */
const SNAPSHOTS_AFTER_MS = 5_500;
/** Two snapshots a second are asked for; the radio that needs them is slow. */
const SNAPSHOT_FRESH_MS = 6_000;

/** What is known of a share; times in ms of one clock. */
export interface Signs {
  readonly nowMs: number;
  /** Its peer has gone, and the hub does not know where. */
  readonly isLost: boolean;
  /** Somebody looks at it: pictures were asked for. */
  readonly isWatched: boolean;
  /** Since when pictures should come: it offered, or was asked to go on. */
  readonly sinceMs: number;
  /** The last picture decoded of its video; null before the first. */
  readonly videoAtMs: number | null;
  readonly snapshotAtMs: number | null;
}

/** How the share is, which way its pictures come, and whether snapshots are needed. */
export interface Diagnosis {
  readonly health: ShareHealth;
  readonly path: SharePath | null;
  readonly needsSnapshots: boolean;
}

/** Judges by the pictures that come, never by what a track says of itself: one can stay "live" with none. */
export function diagnose({ nowMs, isLost, isWatched, sinceMs, videoAtMs, snapshotAtMs }: Signs): Diagnosis {
  const isFresh = (atMs: number | null, limitMs: number): boolean => atMs !== null && nowMs - atMs < limitMs;
  if (isWatched && isFresh(videoAtMs, FROZEN_AFTER_MS))
    return { health: 'live', path: 'direct', needsSnapshots: false };
  if (isLost) return { health: 'lost', path: null, needsSnapshots: false };
  if (!isWatched) return { health: 'paused', path: null, needsSnapshots: false };
  if (isFresh(snapshotAtMs, SNAPSHOT_FRESH_MS)) return { health: 'live', path: 'snapshots', needsSnapshots: true };
  const waitedMs = nowMs - Math.max(sinceMs, videoAtMs ?? 0);
  const hadPicture = videoAtMs !== null || snapshotAtMs !== null;
  const isFrozen = waitedMs >= FROZEN_AFTER_MS && (hadPicture || waitedMs >= 2 * SNAPSHOTS_AFTER_MS);
  return {
    health: isFrozen ? 'frozen' : 'connecting',
    path: null,
    needsSnapshots: waitedMs >= SNAPSHOTS_AFTER_MS,
  };
}
