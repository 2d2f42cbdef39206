import { create } from 'zustand';
import type { EventPayload } from '../../../common/contract/events';
import type { LiveDevice } from '../../../common/model/live-device';

export type LiveDevices = ReadonlyMap<string, LiveDevice>;

interface LiveState {
  /** By device id. Replaced on every batch; the devices in it keep their identity while they don't change. */
  readonly devices: LiveDevices;
  /** False until the first state of the hub is here: until then "nobody" is not known to be true. */
  readonly isLoaded: boolean;
  /** Everything we had is replaced: after a reconnect the hub's state is the truth. */
  readonly replaceAll: (devices: readonly LiveDevice[]) => void;
  readonly apply: (batch: EventPayload<'live.batch'>) => void;
}

export const useLiveStore = create<LiveState>()((set) => ({
  devices: new Map(),
  isLoaded: false,
  replaceAll: (devices) => set({ devices: toMap(devices), isLoaded: true }),
  apply: (batch) => set((state) => ({ devices: mergeBatch(state.devices, batch) })),
}));

function toMap(devices: readonly LiveDevice[]): LiveDevices {
  return new Map(devices.map((device) => [device.deviceId, device]));
}

/**
 * The newest state of each changed device replaces the one we had; those removed go. A device both changed and
 * removed in one batch is gone.
 * @returns the same map when the batch changes nothing, so that nothing renders.
 */
export function mergeBatch(
  devices: LiveDevices,
  batch: Pick<EventPayload<'live.batch'>, 'devices' | 'removed'>,
): LiveDevices {
  if (batch.devices.length === 0 && !batch.removed.some((id) => devices.has(id))) return devices;
  const merged = new Map(devices);
  for (const device of batch.devices) merged.set(device.deviceId, device);
  for (const id of batch.removed) merged.delete(id);
  return merged;
}

/** Who a device is shown as, be it merged or not; null: nobody in the list. */
export function personOf(devices: LiveDevices, deviceId: string | null): LiveDevice | null {
  if (deviceId === null) return null;
  const own = devices.get(deviceId);
  if (own) return own;
  for (const device of devices.values()) if (device.merged.includes(deviceId)) return device;
  return null;
}

/** One device, or null; renders only when that one changes. */
export function useLiveDevice(deviceId: string): LiveDevice | null {
  return useLiveStore((state) => state.devices.get(deviceId) ?? null);
}
