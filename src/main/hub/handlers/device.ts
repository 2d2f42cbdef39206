import type { deviceRequests } from '../../../common/contract/requests/device';
import type { HandlersOf } from '../../../common/contract/server';
import { OPERATOR } from '../audit';
import type { ConsoleParts } from '../console-parts';
import { askStore } from '../store-refusal';

export function deviceHandlers({
  audit,
  devices,
  erase,
  merging,
  people,
  store,
  custody,
  phones,
  sessions,
}: ConsoleParts): HandlersOf<typeof deviceRequests> {
  return {
    'device.get': async ({ deviceId }) => {
      const { device, isSaved } = devices.personOf(deviceId);
      const counts = isSaved ? await askStore(store.deviceCounts(device.deviceId)) : { framesTotal: 0 };
      const merged = devices.merges.mergedInto(device.deviceId).flatMap((id) => devices.get(id)?.device ?? []);
      return { device, merged, framesTotal: counts.framesTotal };
    },
    'device.list': () => {
      const people = devices.people().map(({ device, isOnline }) => ({ ...device, isOnline }));
      return { devices: people.sort((a, b) => a.name.localeCompare(b.name)) };
    },
    'device.merge': async ({ deviceId, into }) => ({ device: await merging.merge(deviceId, into) }),
    'device.unmerge': async ({ deviceId }) => ({ device: await merging.unmerge(deviceId) }),
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
      const { device } = devices.personOf(deviceId);
      const detail = `“${device.name}” was removed for 10 minutes. ${why}`;
      audit.record({ action: 'device.kicked', actor: OPERATOR, deviceId: device.deviceId, detail });
      return {};
    },
    'device.request': ({ deviceId, what }) => {
      const asked = phones.ask(deviceId, what);
      const { device } = devices.personOf(deviceId);
      const detail = `“${device.name}” was asked: ${what}.`;
      audit.record({ action: 'device.asked', actor: OPERATOR, deviceId: device.deviceId, detail });
      return asked;
    },
    'message.send': ({ deviceId, text }) => {
      const sent = phones.write(deviceId, text);
      // To whom, not what: the words are the team's.
      const had = `${sent.delivered} ${sent.delivered === 1 ? 'phone' : 'phones'} had it at once`;
      const device = deviceId === null ? null : devices.personOf(deviceId).device;
      const detail = `A message was written to ${device ? `“${device.name}”` : `everybody: ${had}`}.`;
      audit.record({ action: 'message.sent', actor: OPERATOR, deviceId: device?.deviceId ?? null, detail });
      return sent;
    },
    'track.get': async ({ deviceId, limit }) => {
      if (!devices.personOf(deviceId).isSaved) return { points: [] };
      const { sessionId } = sessions.current;
      return { points: [...(await askStore(store.track({ deviceId, sessionId, limit })))] };
    },
  };
}
