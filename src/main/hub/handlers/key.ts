import { HubError } from '../../../common/contract/errors';
import type { keyRequests } from '../../../common/contract/requests/key';
import type { HandlersOf } from '../../../common/contract/server';
import type { KeyInfo } from '../../../common/model/key';
import { OPERATOR } from '../audit';
import type { ConsoleParts } from '../console-parts';
import { keyDone } from '../keys/key-audit';
import { askStore } from '../store-refusal';

/** A key with the link that holds it. */
interface ShownKey {
  readonly info: KeyInfo;
  readonly key: string;
  readonly link: string;
}

export function keyHandlers(parts: ConsoleParts): HandlersOf<typeof keyRequests> {
  const { keyBook, keys, devices, audit } = parts;
  const shown = ({ key, info }: { readonly key: string; readonly info: KeyInfo }): ShownKey => {
    const board = parts.pairing();
    if (!board) throw new HubError('conflict', 'The hub does not listen yet.');
    return { key, info, link: board.linkOf(info.kind, key) };
  };
  const dependents = (): string[] =>
    devices
      .list()
      .filter(
        ({ device: { deviceId }, live }) => live > 0 && !keys.hasDeviceKey(deviceId) && !keyBook.isPersonal(deviceId),
      )
      .map(({ device }) => device.name);
  return {
    'key.list': () => ({ keys: [...keyBook.list()], dependents: dependents() }),
    'key.show': ({ keyId }) => {
      const found = keyBook.show(keyId);
      audit.record(keyDone('key.shown', found.info));
      return shown(found);
    },
    'key.rotate': ({ kind }) => {
      const rotated = keyBook.rotate(kind);
      audit.record(keyDone('key.rotated', rotated.info));
      return shown(rotated);
    },
    'key.makePersonal': async ({ names }) => {
      const made = await askStore(keyBook.makePersonal(names));
      for (const info of made) audit.record(keyDone('key.issued', info));
      return { keys: made.map(({ keyId }) => shown(keyBook.show(keyId))) };
    },
    'key.makeViewer': ({ name, hours }) => {
      const made = keyBook.makeViewer(name, hours);
      audit.record(keyDone('key.issued', made.info));
      return shown(made);
    },
    'key.revoke': ({ keyId }) => {
      audit.record(keyDone('key.revoked', keyBook.revoke(keyId)));
      return {};
    },
    'wifi.get': () => ({ wifi: keyBook.wifi }),
    'wifi.set': ({ wifi }) => {
      keyBook.setWifi(wifi);
      const detail = `The WiFi of the poster ${wifi === null ? 'was forgotten' : `is now “${wifi.ssid}”`}.`;
      audit.record({ action: 'wifi.changed', actor: OPERATOR, detail });
      return {};
    },
  };
}
