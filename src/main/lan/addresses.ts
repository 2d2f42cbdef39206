import type { NetworkInterfaceInfo } from 'node:os';
import type { NetworkAddress } from '../../common/model/network-address';
import { localName } from './host-check';
import { classifyInterface, scoreAddress } from './interface-kind';
import { plainAddress } from './ip-address';

/** What `os.networkInterfaces` gives. */
export type InterfaceTable = NodeJS.Dict<NetworkInterfaceInfo[]>;

/** The IPv4 addresses of this laptop, the one most likely to be reached by phones first. */
export function rankAddresses(table: InterfaceTable): readonly NetworkAddress[] {
  const addresses = Object.entries(table).flatMap(([interfaceName, infos]) =>
    (infos ?? [])
      .filter((info) => info.family === 'IPv4')
      .map(({ address }): NetworkAddress => {
        const kind = classifyInterface(interfaceName, address);
        return { address, interfaceName, kind, score: scoreAddress(kind, address) };
      }),
  );
  return addresses.sort((a, b) => b.score - a.score || a.interfaceName.localeCompare(b.interfaceName));
}

/**
 * What phones may dial: addresses first, names after them, since not every phone can look one up.
 * @param secureHost the name that the secure page needs; null: none
 * @param isVouchedFor the certificate holds for this name of the laptop
 */
export function offeredAddresses(
  ranked: readonly NetworkAddress[],
  secureHost: string | null,
  isVouchedFor: (name: string) => boolean,
): readonly NetworkAddress[] {
  const local = localName();
  const isLocalGood = local !== null && isVouchedFor(local);
  const names = [secureHost, isLocalGood ? local : null].filter((name) => name !== null);
  return [
    ...ranked,
    ...[...new Set(names)].map(
      (name): NetworkAddress => ({ address: name, interfaceName: '', kind: 'name', score: 0 }),
    ),
  ];
}

/** Every address of this laptop, both families, loopback too. */
export function allAddresses(table: InterfaceTable): readonly string[] {
  const addresses = Object.values(table).flatMap((infos) => (infos ?? []).map((info) => plainAddress(info.address)));
  return [...new Set(['127.0.0.1', '::1', ...addresses])];
}
