import { HubError } from '../../../common/contract/errors';
import type { keyRequests } from '../../../common/contract/requests/key';
import type { HandlersOf } from '../../../common/contract/server';
import type { KeyInfo } from '../../../common/model/key';
import type { ConsoleParts } from '../console-parts';

/** A key with the link that holds it. */
interface ShownKey {
  readonly info: KeyInfo;
  readonly key: string;
  readonly link: string;
}

export function keyHandlers(parts: ConsoleParts): HandlersOf<typeof keyRequests> {
  const { keyBook, keys, devices } = parts;
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
    'key.show': ({ keyId }) => shown(keyBook.show(keyId)),
    'key.rotate': ({ kind }) => shown(keyBook.rotate(kind)),
    'key.makePersonal': ({ names }) => ({
      keys: keyBook.makePersonal(names).map(({ keyId }) => shown(keyBook.show(keyId))),
    }),
    'key.makeViewer': ({ name, hours }) => shown(keyBook.makeViewer(name, hours)),
    'key.revoke': ({ keyId }) => {
      keyBook.revoke(keyId);
      return {};
    },
    'wifi.get': () => ({ wifi: keyBook.wifi }),
    'wifi.set': ({ wifi }) => {
      keyBook.setWifi(wifi);
      return {};
    },
  };
}
