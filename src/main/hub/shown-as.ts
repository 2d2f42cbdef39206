import type { StoredFrame } from '../../common/model/frame';
import type { Merges } from '../../common/model/merges';
import type { HubDevices } from './device-directory';
import type { Presence } from './live-state';

/** What live state shows of a device beside its frames; null: there is none. Revoked is a person none of whose devices may send. */
export function presenceOf(devices: HubDevices, deviceId: string): Presence | null {
  const entry = devices.get(deviceId);
  if (!entry) return null;
  const { device, colour } = entry;
  const { name, platform, lastAddress: address, note } = device;
  const isOut = (id: string): boolean => devices.get(id)?.device.access === 'revoked';
  const isRevoked = isOut(deviceId) && devices.merges.mergedInto(deviceId).every(isOut);
  return { name, colour: device.colour ?? device.saidColour ?? colour, platform, address, note, isRevoked };
}

/** A frame as everybody outside sees it: of the person that its device is shown as. */
export function asShown(frame: StoredFrame, merges: Merges): StoredFrame {
  const deviceId = merges.shownAs(frame.deviceId);
  return deviceId === frame.deviceId ? frame : { ...frame, deviceId };
}
