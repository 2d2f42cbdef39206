import { HubError } from '../../../common/contract/errors';
import type { deviceRequests } from '../../../common/contract/requests/device';
import type { HandlersOf } from '../../../common/contract/server';
import { OPERATOR } from '../audit';
import type { ConsoleParts } from '../console-parts';
import type { DeviceEntry } from '../device-identity';
import { askStore } from '../store-refusal';

export function deviceHandlers({
  audit,
  devices,
  erase,
  people,
  store,
  custody,
  phones,
  sessions,
}: ConsoleParts): HandlersOf<typeof deviceRequests> {
  const entryOf = (deviceId: string): DeviceEntry => {
    const entry = devices.get(deviceId);
    if (!entry) throw new HubError('not_found', 'There is no such device.');
    return entry;
  };
  return {
    'device.get': async ({ deviceId }) => {
      const entry = entryOf(deviceId);
      const counts = entry.isSaved ? await askStore(store.deviceCounts(deviceId)) : { framesTotal: 0 };
      return { device: entry.device, framesTotal: counts.framesTotal };
    },
    'device.rename': async ({ deviceId, name }) => {
      return { device: await people.rename(deviceId, name) };
    },
    'device.setColour': async ({ deviceId, colour }) => ({ device: await people.setColour(deviceId, colour) }),
    'device.setNote': async ({ deviceId, note }) => ({ device: await people.setNote(deviceId, note) }),
    'device.revoke': async ({ deviceId }) => ({ device: await people.revoke(deviceId) }),
    'device.erase': async ({ deviceId, name }) => erase(deviceId, name),
    'device.readmit': async ({ deviceId }) => ({ device: await people.readmit(deviceId) }),
    'device.custody': ({ deviceId, sessionId }) => custody.ofDevice(deviceId, sessionId),
    'device.kick': ({ deviceId, reason }) => {
      phones.kick(deviceId, reason);
      const why = reason === '' ? 'No reason was given.' : `Reason: ${reason}`;
      const detail = `“${entryOf(deviceId).device.name}” was removed for 10 minutes. ${why}`;
      audit.record({ action: 'device.kicked', actor: OPERATOR, deviceId, detail });
      return {};
    },
    'device.request': ({ deviceId, what }) => {
      const asked = phones.ask(deviceId, what);
      const detail = `“${phones.nameOf(deviceId)}” was asked: ${what}.`;
      audit.record({ action: 'device.asked', actor: OPERATOR, deviceId, detail });
      return asked;
    },
    'message.send': ({ deviceId, text }) => {
      const sent = phones.write(deviceId, text);
      // To whom, not what: the words are the team's.
      const had = `${sent.delivered} ${sent.delivered === 1 ? 'phone' : 'phones'} had it at once`;
      const whom = deviceId === null ? `everybody: ${had}` : `“${phones.nameOf(deviceId)}”`;
      audit.record({ action: 'message.sent', actor: OPERATOR, deviceId, detail: `A message was written to ${whom}.` });
      return sent;
    },
    'track.get': async ({ deviceId, limit }) => {
      if (!entryOf(deviceId).isSaved) return { points: [] };
      const { sessionId } = sessions.current;
      return { points: [...(await askStore(store.track({ deviceId, sessionId, limit })))] };
    },
  };
}
