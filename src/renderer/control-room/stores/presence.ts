import type { LiveDevice } from '../../../common/model/live-device';

/** How a person is reached: sending, connected but silent, or not connected. */
export type Presence = 'online' | 'stale' | 'offline';

/** Phones send at least once a second; ten seconds of silence is trouble worth a look, not yet an absence. */
export const STALE_AFTER_MS = 10_000;

/** `nowMs` is the hub's clock. A connection that has not sent a frame yet counts as stale. */
export function presenceOf(device: Pick<LiveDevice, 'isOnline' | 'lastReceivedAtMs'>, nowMs: number): Presence {
  if (!device.isOnline) return 'offline';
  return device.lastReceivedAtMs !== null && nowMs - device.lastReceivedAtMs <= STALE_AFTER_MS ? 'online' : 'stale';
}
