import { askHub } from '../../connect/ask-hub';
import { useConnectionStore } from '../../stores/connection-store';
import { TRAIL_LIMIT, trails } from '../../stores/trails';

/** Tracks asked for at once: they are long, and what is live goes first. */
const AT_ONCE = 3;

let running = 0;

/**
 * Asks the hub for the stored track of each device that has not been asked for yet, a few at a time; the next call
 * goes on. What fails is left out: the trail then begins where the live one does.
 */
export function loadTracks(deviceIds: Iterable<string>): void {
  if (!useConnectionStore.getState().client) return;
  for (const deviceId of deviceIds) {
    if (running >= AT_ONCE) return;
    if (!trails.claimLoad(deviceId)) continue;
    running += 1;
    askHub('track.get', { deviceId, limit: TRAIL_LIMIT })
      .then(({ points }) => trails.load(deviceId, points))
      .catch((error: unknown) => console.warn(`No stored track of ${deviceId}.`, error))
      .finally(() => {
        running -= 1;
      });
  }
}
